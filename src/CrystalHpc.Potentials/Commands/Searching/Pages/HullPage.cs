using System.Xml.Linq;
using CrystalHpc.Core.Thermodynamics;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Analysis;
using CrystalHpc.Potentials.Search;

namespace CrystalHpc.Potentials.Commands.Searching.Pages;

/// <summary>The page of an analysis: the hull, the table of structures, stability by temperature and pressure, pictures.</summary>
internal static class HullPage
{
    /// <summary>Writes the page into the folder of a search.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="model">Name of what gave energies.</param>
    /// <param name="structures">All structures of the search.</param>
    /// <param name="given">Those with energies, and those of files.</param>
    /// <param name="phases">Those that are ranked.</param>
    /// <param name="hull">The hull; null where there is none.</param>
    /// <param name="thermal">Stability by temperature and pressure.</param>
    /// <param name="drawn">Those that are drawn.</param>
    public static void Write(
        string folder, string model, IReadOnlyList<Individual> structures, IReadOnlyList<Phase> given, IReadOnlyList<Phase> phases,
        ConvexHull? hull, IReadOnlyList<ThermalRow> thermal,
        IReadOnlyList<Phase> drawn)
    {
        string elements = hull is null ? string.Join('-', given.SelectMany(phase => phase.Frame.Species).Distinct().Order())
            : string.Join('-', hull.Elements);
        var sections = new List<XElement>();
        if (hull is { Elements.Count: 2 })
            sections.Add(Layout.Section("hull", "The hull", Layout.Columns(Layout.Figure("Formation energies", HullChart.Of(phases, hull),
                note: "Points on the line are on the hull."))));
        if (hull is { Elements.Count: 3 })
            sections.Add(Layout.Section("map", "The map of compositions",
                Layout.Columns(Layout.Figure("Lowest formation energy", TernaryMap.Of(given, phases, hull), note: TernaryMap.Note))));
        if (hull is null)
            sections.Add(Layout.Section("hull", "The hull",
                Layout.Text("An element has no structure of its own among these: there are no formation energies. "
                    + "A scan, or a search with free_composition, has them.")));
        sections.Add(Table(phases));
        if (thermal.Count > 0)
            sections.Add(Stability(thermal));
        sections.Add(Layout.Section("pictures", "Pictures",
            StructurePicture.Figures(drawn.Select(phase => ($"{phase.Formula} {phase.Type}".TrimEnd(), phase.Frame)))));
        WholeFile.Write(Path.Combine(folder, "hull.html"), stream => ReportPage.Write(
            stream, $"hull of {elements}",
            Markup.Element(
                "header", Markup.Element("p", Markup.Class("kicker"), "CrystalHpc search"), Markup.Element("h1", $"{elements}, {model}"),
                Markup.Element("p", FormattableString.Invariant(
                    $"{structures.Count} structures, {phases.Count(phase => phase.IsOnHull)} on the hull"))),
            sections));
    }

    private static XElement Table(IReadOnlyList<Phase> phases) => Layout.Section(
        "structures", "Structures",
        DataTable.Of(
            "phases", "Structures", "formula, type, space group",
            [
                new("structure"), new("formula"), new("type"),
                new("distance, Å", true, "Rms distance of the atoms from their places in the type"), new("space group"),
                new("formation, meV/atom", true), new("above hull, meV/atom", true), new("enthalpy, eV/atom", true), new("made by"),
            ],
            phases.Select(phase => new Row(
            [
                phase.Id, phase.Formula, phase.Type, Numbers.Fixed(phase.DistanceAngstrom, 3), phase.SpaceGroup,
                Numbers.Fixed(1_000 * phase.Formation, 2),
                Numbers.Fixed(1_000 * phase.AboveHull, 2), Numbers.Fixed(phase.EnthalpyAnAtom, 5), phase.Origin,
            ]))));

    private static XElement Stability(IReadOnlyList<ThermalRow> rows) => Layout.Section(
        "stability", "Temperature and pressure",
        Layout.Text("Gibbs energies: enthalpy at rest, and the free energy of harmonic phonons at the volume of the pressure."),
        DataTable.Of(
            "gibbs", "Temperature and pressure", "formula, type",
            [
                new("structure"), new("formula"), new("type"), new("T, K", true), new("P, GPa", true), new("formation, meV/atom", true),
                new("above hull, meV/atom", true),
                new("lowest frequency, THz", true),
            ],
            rows.Select(row => new Row(
            [
                row.Id, row.Formula, row.Type, Numbers.Fixed(row.Kelvin, 0), Numbers.Fixed(row.Gigapascal, 2),
                Numbers.Fixed(1_000 * row.Formation, 2), Numbers.Fixed(1_000 * row.AboveHull, 2),
                Numbers.Fixed(row.LowestTerahertz, 2),
            ]))));
}
