using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Commands.Searching.Pages;

/// <summary>
/// The page of a search: how the lowest enthalpy fell, the family tree of the best structure, the best structures and their pictures.
/// </summary>
internal static class SearchPage
{
    private const int MostPoints = 2_000, Drawn = 6;

    private static readonly Frame Frame = new(76, 24, 620, 290);

    /// <summary>Writes the page into the folder of a search.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="title">Atoms and model.</param>
    /// <param name="all">All structures.</param>
    /// <param name="best">The best, the best first.</param>
    public static void Write(string folder, string title, IReadOnlyList<Individual> all, IReadOnlyList<Individual> best)
    {
        var sections = new List<XElement> { Curve(all) };
        if (best.Count > 0 && FamilyTree.Of(best[0], all) is { } tree)
        {
            sections.Add(Layout.Section("tree", "The ancestors of the best structure", Layout.Columns(Layout.Figure(
                "Family tree", tree, note: "Lines lead from parents to children; pale points are structures without parents."))));
        }

        sections.Add(Table(best));
        if (best.Count > 0)
            sections.Add(Layout.Section("pictures", "Pictures", StructurePicture.Figures(best.Take(Drawn)
                .Select(one => (FormattableString.Invariant($"Structure {one.Number}"), one.Frame)))));
        WholeFile.Write(Path.Combine(folder, "report.html"), stream => ReportPage.Write(
            stream, $"search for {title}",
            Markup.Element("header", Markup.Element("p", Markup.Class("kicker"), "CrystalHpc search"), Markup.Element("h1", title)),
                sections));
    }

    private static XElement Curve(IReadOnlyList<Individual> all)
    {
        double lowest = double.PositiveInfinity;
        (double, double)[] points = [.. all.Select(one => ((double)one.Number, lowest = Math.Min(lowest, one.Enthalpy)))
            .Where(point => double.IsFinite(point.Item2))];

        // The first structures lie far above the rest: the picture begins a little later.
        points = points[(points.Length / 50)..];
        double highest = points.Select(point => point.Item2).DefaultIfEmpty(1).Max();
        lowest = points.Select(point => point.Item2).DefaultIfEmpty(0).Min();

        // Structures up to as far above the lowest as the curve fell, and a half more.
        double top = highest + Math.Max(1e-6, 0.5 * (highest - lowest));
        Individual[] shown = [.. all.Where(one => one.Enthalpy <= top)];
        int every = (shown.Length + MostPoints - 1) / Math.Max(1, MostPoints);
        var x = new LinearScale(0, Math.Max(1, all.Count), Frame.Left, Frame.Right);
        LinearScale y = LinearScale.Round(lowest, Math.Max(top, lowest + 1e-6), Frame.Bottom, Frame.Top, 4);
        return Layout.Section(
            "curve", "How the lowest enthalpy fell",
            Layout.Columns(Layout.Figure("Enthalpies", Svg.Drawing(
                "chart-search", "Enthalpies", FormattableString.Invariant($"The lowest fell from {highest:0.000} to {lowest:0.000} eV."),
                640, 334,
                Axis.Left(y, Frame, "enthalpy, eV"), Axis.Bottom(x, Frame, "structures relaxed"),
                shown.Where((_, i) => i % Math.Max(1, every) == 0)
                    .Select(one => Marks.Circle(x.Map(one.Number), y.Map(one.Enthalpy), 1.6, "point weak")),
                Marks.Curve(points, x, y, "line")))));
    }

    private static XElement Table(IReadOnlyList<Individual> best) => Layout.Section(
        "best", "The best structures",
        DataTable.Of(
            "best-structures", "The best structures", "operator, space group",
            [new("structure", true), new("made by"), new("from"), new("enthalpy, eV", true), new("space group")],
            best.Select(one => new Row(
            [
                FormattableString.Invariant($"{one.Number}"), one.Operator, string.Join(' ', one.Parents),
                FormattableString.Invariant($"{one.Enthalpy:0.00000}"),
                FrameSymmetry.Find(one.Frame, FrameSymmetry.RelaxedToleranceAngstrom)?.Symmetry.Group.ShortSymbol ?? "",
            ]))));
}
