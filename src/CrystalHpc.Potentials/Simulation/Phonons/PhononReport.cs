using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>The page about phonons: bands and density of states side by side, and what follows for temperatures.</summary>
internal static class PhononReport
{
    private const double Width = 900, Height = 420;

    private static readonly Frame Left = new(52, 30, 690, 380), Right = new(706, 30, 892, 380);

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">What was computed, for people.</param>
    /// <param name="model">The model, for people.</param>
    /// <param name="study">The phonons.</param>
    public static void Write(string path, string input, string model, PhononStudy study)
    {
        XElement header = Markup.Element(
            "header",
            Markup.Element("p", Markup.Class("kicker"), $"Phonons by {model}"),
            Markup.Element("h1", input),
            Markup.Element(
                "dl", Markup.Class("figures"),
                Figure(study.Highest, "highest frequency"), Figure(study.Lowest, "lowest frequency"),
                Layout.KeyFigure(Numbers.Fixed(study.At(300).FreeEnergy, 4), "eV an atom", "free energy of the phonons at 300 K")),
            Markup.Element(
                "p", Markup.Class("provenance"),
                $"{study.SpaceGroup}, {Numbers.Of(study.Cell.AtomCount, "atom")} in the primitive cell, ",
                $"supercell {string.Join(" x ", study.Sets.Supercell.Counts)}, ",
                FormattableString.Invariant($"displacements of {study.Sets.DisplacementAngstrom} A, "),
                FormattableString.Invariant($"forces at rest up to {study.Sets.LargestForceAtRest:0.0e0} eV/A")));
        List<XElement> sections =
        [
            Layout.Section("bands", "Bands and density of states", Layout.Figure(
                $"{study.Bands.Lattice} path", Draw(study), note: "Imaginary frequencies are drawn as negative ones.", classes: "wide")),
            Layout.Section("thermal", "Temperatures", Table(study)),
        ];
        if (study.Warnings.Count > 0)
        {
            XElement[] items = [.. study.Warnings.Select(warning => Markup.Element("li", warning))];
            sections.Insert(0, Layout.Section("warnings", "Warnings", Markup.Element("ul", items)));
        }

        WholeFile.Write(path, stream => ReportPage.Write(stream, $"phonons of {input}", header, sections));
    }

    private static XElement Figure(double terahertz, string name) => Layout.KeyFigure(
        Numbers.Fixed(terahertz, 2), "THz", $"{name}, {Numbers.Fixed(terahertz * Units.WaveNumberPerTerahertz, 0)} 1/cm");

    private static XElement Draw(PhononStudy study)
    {
        IReadOnlyList<BandPoint> points = study.Bands.Points;
        List<(double Terahertz, double Density)> density = study.Mesh.Density();
        LinearScale y = LinearScale.Round(Math.Min(0, study.Lowest < -0.01 ? study.Lowest : 0), study.Highest, Left.Bottom, Left.Top, 6);
        var x = new LinearScale(0, points[^1].Distance, Left.Left, Left.Right);
        var amount = new LinearScale(0, 1.05 * density.Max(row => row.Density), Right.Left, Right.Right);
        return Svg.Drawing(
            "chart-bands", "Phonon bands and density of states",
            FormattableString.Invariant($"{study.Matrix.BranchCount} branches from {study.Lowest:0.00} to {study.Highest:0.00} THz."),
            Width, Height,
            Axis.Left(y, Left, "frequency, THz", 6),
            Svg.Group("axis", Labels(points).SelectMany(label => new[]
            {
                Marks.VerticalRule(label.Distance, x, Left, "grid"),
                Svg.Text(x.Map(label.Distance), Left.Bottom + 17, label.Text, "middle"),
            })),
            points.GroupBy(point => point.Line).SelectMany(line => Enumerable.Range(0, study.Matrix.BranchCount).Select(branch =>
                Marks.Curve(line.Select(point => (point.Distance, point.Terahertz[branch])), x, y, "line"))),
            Svg.Group(
                "axis", Svg.Line(Right.Left, Right.Bottom, Right.Right, Right.Bottom, "base"),
                Svg.Text((Right.Left + Right.Right) / 2, Right.Bottom + 17, "density of states", "middle")),
            Marks.Curve(density.Where(row => y.Holds(row.Terahertz)).Select(row => (row.Density, row.Terahertz)), amount, y, "curve"));
    }

    // Where one line ends and another begins, both names.
    private static IEnumerable<(double Distance, string Text)> Labels(IReadOnlyList<BandPoint> points) => points
        .Where(point => point.Label.Length > 0).GroupBy(point => point.Distance)
        .Select(group => (group.Key, string.Join('|', group.Select(point => point.Label).Distinct())));

    private static XElement Table(PhononStudy study) => DataTable.Of(
        "table-thermal", "An atom, phonons alone", "temperature",
        [
            new Column("temperature, K", true), new Column("free energy, eV", true), new Column("energy, eV", true),
            new Column("entropy, meV/K", true), new Column("heat capacity, meV/K", true),
        ],
        study.Thermal.Where(row => row.Kelvin % 100 == 0).Select(row => new Row(
        [
            Shown(row.Kelvin, 0), Shown(row.FreeEnergy, 5), Shown(row.Energy, 5), Shown(1e3 * row.Entropy, 5),
            Shown(1e3 * row.HeatCapacity, 5),
        ])));

    private static Cell Shown(double value, int decimals) => new(Numbers.Fixed(value, decimals), value);
}
