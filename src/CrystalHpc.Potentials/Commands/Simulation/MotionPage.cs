using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Simulation.Dynamics;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary>The page about a motion: its curves and what was kept.</summary>
internal static class MotionPage
{
    // A picture needs no more points.
    private const int MostPoints = 1_000;

    private const double FemtosecondsOfPicosecond = 1_000;

    private static readonly Frame Frame = new(64, 24, 460, 190);

    /// <summary>Writes the page from the table of a motion.</summary>
    /// <param name="folder">The folder of the motion, which is ours.</param>
    /// <param name="title">What moved, by which potential.</param>
    /// <param name="atoms">Number of atoms.</param>
    /// <param name="isIsolated">True where energy was kept.</param>
    public static void Write(string folder, string title, int atoms, bool isIsolated)
    {
        DynamicsRow[] rows = [.. Csv.Read<DynamicsRow>(Path.Combine(folder, "dynamics.csv"))];
        int every = (rows.Length + MostPoints - 1) / MostPoints;
        DynamicsRow[] shown = [.. rows.Where((_, i) => i % every == 0)];
        var sections = new List<XElement>
        {
            Section("temperature", "Temperature", "temperature, K", shown, row => row.TemperatureKelvin,
                Mean(rows, row => row.TemperatureKelvin, "K", 1)),
            Section(
                "energy", "Energy", "total energy an atom above the start, meV", shown, row
                => 1_000 * (row.TotalElectronVolt - rows[0].TotalElectronVolt) / atoms,
                isIsolated ? $"It drifts by {Numbers.Significant(Drift(rows, atoms))} eV an atom in 10 ps."
                : "A thermostat exchanges energy with the atoms."),
        };
        if (rows[0].VolumeCubicAngstrom > 0)
            sections.Add(Section("pressure", "Pressure", "pressure, GPa", shown, row => row.PressureGigapascal,
                Mean(rows, row => row.PressureGigapascal, "GPa", 3)));
        if (rows[0].VolumeCubicAngstrom != rows[^1].VolumeCubicAngstrom)
            sections.Add(Section("volume", "Volume", "volume, \u00C5\u00B3", shown, row => row.VolumeCubicAngstrom,
                Mean(rows, row => row.VolumeCubicAngstrom, "\u00C5\u00B3", 2)));
        XElement header = Markup.Element("header", Markup.Element("p", Markup.Class("kicker"), "CrystalHpc molecular dynamics"),
            Markup.Element("h1", title));
        WholeFile.Write(Path.Combine(folder, "report.html"), stream => ReportPage.Write(stream, title, header, sections));
    }

    /// <summary>The slope of the total energy by least squares, eV an atom in 10 ps; NaN for less than three moments.</summary>
    public static double Drift(IReadOnlyList<DynamicsRow> rows, int atoms)
    {
        if (rows.Count < 3)
            return double.NaN;
        double time = rows.Average(row => row.TimeFemtoseconds), energy = rows.Average(row => row.TotalElectronVolt);
        double slope = rows.Sum(row => (row.TimeFemtoseconds - time) * (row.TotalElectronVolt - energy)) / rows.Sum(
            row => Math.Pow(row.TimeFemtoseconds - time, 2));
        return slope * 10 * FemtosecondsOfPicosecond / atoms;
    }

    // The first tenth counts as the way to equilibrium.
    private static string Mean(DynamicsRow[] rows, Func<DynamicsRow, double> value, string unit, int decimals) =>
        $"Mean, the first tenth left out: {Numbers.Fixed(rows.Skip(rows.Length / 10).Average(value), decimals)} {unit}.";

    private static XElement Section(string id, string heading, string axis, DynamicsRow[] rows, Func<DynamicsRow, double> value,
        string text)
    {
        double[] values = [.. rows.Select(value)];
        var x = new LinearScale(0, Math.Max(1e-6, rows[^1].TimeFemtoseconds / FemtosecondsOfPicosecond), Frame.Left, Frame.Right);
        LinearScale y = LinearScale.Round(values.Min(), Math.Max(values.Max(), values.Min() + 1e-9), Frame.Bottom, Frame.Top, 4);
        return Layout.Section(
            id, heading, Layout.Text(text),
            Layout.Columns(Layout.Figure(
                heading,
                Svg.Drawing(
                    $"chart-{id}", heading, $"{heading} from {Numbers.Significant(values.Min())} to {Numbers.Significant(values.Max())}.",
                    480, 234,
                    Axis.Left(y, Frame, axis), Axis.Bottom(x, Frame, "time, ps"),
                    Marks.Curve(rows.Select(row => (row.TimeFemtoseconds / FemtosecondsOfPicosecond, value(row))), x, y, "line")))));
    }
}
