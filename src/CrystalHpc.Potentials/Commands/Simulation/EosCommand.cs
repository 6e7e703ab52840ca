using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation.Elasticity;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary><c>crystalhpc potential eos</c>.</summary>
internal static class EosCommand
{
    private const string Signature = "input,volume_A3,energy_eV";
    private const string PageWord = "CrystalHpc equations of state";

    private static readonly Frame Frame = new(64, 24, 460, 250);

    public static Command Create(CommandContext context)
    {
        var command = new Command("eos", """
            Equations of state: a crystal is relaxed, scaled to several volumes with its atoms relaxed at each, and E(V) is fitted
            (Birch-Murnaghan, Vinet).

            Example:
              crystalhpc potential eos copper.vasp --model gupta --csv volumes.csv --page eos.html
            """);
        var options = new SimulationOptions(command);
        var range = new Option<double>("--range")
        {
            Description = "How far volumes reach to either side, as a share.", HelpName = "S", DefaultValueFactory = _ => 0.08,
            CustomParser = result => NumberArgument.Parse(result, 0.001, 0.5) ?? 0.08,
        };
        var points = new Option<int>("--points")
        {
            Description = "Number of volumes.", HelpName = "N",
            DefaultValueFactory = _ => 11, CustomParser = result => NumberArgument.Parse(result, 5, 10_000) ?? 11,
        };
        var csv = new Option<string?>("--csv") { Description = "Write energies and volumes.", HelpName = "FILE" };
        var page = new Option<string?>("--page") { Description = "Write a page with a picture (HTML).", HelpName = "FILE" };
        command.Add(range);
        command.Add(points);
        command.Add(csv);
        command.Add(page);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            IEnergyModel model = options.Model.ReadEnergyModel(parsed);
            List<SimulationInput> inputs = options.Inputs(parsed);
            List<Curve> curves = [.. inputs.Select(input => Compute(model, input, options.Relaxation(parsed), parsed.GetValue(range),
                parsed.GetValue(points))).OfType<Curve>()];
            curves.ForEach(Print);
            if (parsed.GetValue(csv) is { } table)
                NamedOutput.Write(table, Signature, stream => WriteTable(stream, curves));
            if (parsed.GetValue(page) is { } file)
                NamedOutput.Write(file, PageWord, stream => ReportPage.Write(
                    stream, "equations of state", Header(model), [.. curves.Select(Section)]));
            if (curves.Count < inputs.Count)
                throw UserException.Unusable(FormattableString.Invariant(
                    $"{inputs.Count - curves.Count} of {inputs.Count} structures failed"));
        }));
        return command;
    }

    private static Curve? Compute(IEnergyModel model, SimulationInput input, RelaxationOptions relaxation, double range, int points)
    {
        string? problem = "an equation of state is that of a crystal";
        if (input.Frame.Periodicity == Periodicity.Crystal && StructureRelaxation.Relax(model, input.Frame, relaxation, out problem)
            is { } relaxed
            && VolumeScan.Compute(model, relaxed.Frame, range, points, relaxation, out problem) is { } scan)
        {
            EquationOfState[] fits = [.. Enum.GetValues<StateEquation>()
                .Select(form => EquationOfState.Fit(form, scan.Volumes, scan.Energies)).OfType<EquationOfState>()];
            if (fits.Length > 0)
                return new Curve(input.Name, input.Frame.AtomCount, scan, fits);
            problem = "the energy has no minimum within the range of volumes";
        }

        SimulationInput.Refuse(input.Name, problem);
        return null;
    }

    private static void Print(Curve curve)
    {
        Terminal.Out.WriteLine(FormattableString.Invariant($"{curve.Name}, {curve.Atoms} atoms"));
        foreach (EquationOfState fit in curve.Fits)
        {
            Terminal.Out.WriteLine(
                $"  {NameOf(fit.Form),-16} V {ErrorNotation.Of(fit.VolumeCubicAngstrom, fit.Errors[1], 3)} A^3, B "
                + $"{ErrorNotation.Of(fit.BulkModulusGigapascal, fit.Errors[2], 1)} GPa, "
                + $"B' {ErrorNotation.Of(fit.BulkModulusSlope, fit.Errors[3], 2)}, E "
                    + $"{ErrorNotation.Of(fit.EnergyElectronVolt, fit.Errors[0], 5)} eV; "
                + FormattableString.Invariant($"residuals {1000 * fit.RootMeanSquareElectronVolt:0.000} meV"));
        }

        foreach (string warning in curve.Scan.Warnings.Take(1))
            Terminal.Out.WriteLine($"  {"Warning",-16} {warning}");
    }

    private static void WriteTable(Stream stream, List<Curve> curves)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine($"{Signature},birch_murnaghan_eV,vinet_eV");
        foreach (Curve curve in curves)
        {
            for (int i = 0; i < curve.Scan.Volumes.Length; i++)
            {
                double volume = curve.Scan.Volumes[i];
                string Fitted(StateEquation form) => curve.Fits.FirstOrDefault(fit => fit.Form == form) is { } fit
                    ? FormattableString.Invariant($"{fit.At(volume):R}") : "";
                text.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"\"{curve.Name}\",{volume:R},{curve.Scan.Energies[i]:R},{Fitted(StateEquation.BirchMurnaghan)},"
                    + $"{Fitted(StateEquation.Vinet)}"));
            }
        }
    }

    private static XElement Header(IEnergyModel model) => Markup.Element(
        "header", Markup.Element("p", Markup.Class("kicker"), PageWord), Markup.Element("h1", model.Name));

    private static XElement Section(Curve curve, int number)
    {
        (double[] volumes, double[] energies) = (curve.Scan.Volumes, curve.Scan.Energies);
        var x = new LinearScale(volumes[0], volumes[^1], Frame.Left, Frame.Right);
        double lowest = curve.Fits.Min(fit => fit.EnergyElectronVolt);
        LinearScale y = LinearScale.Round(0, 1000 * (energies.Max() - lowest), Frame.Bottom, Frame.Top, 4);
        EquationOfState best = curve.Fits[0];
        IEnumerable<(double, double)> Line(EquationOfState fit)
            => Enumerable.Range(0, 101).Select(k => volumes[0] + k * (volumes[^1] - volumes[0]) / 100)
            .Select(volume => (volume, 1000 * (fit.At(volume) - lowest)));
        return Layout.Section(
            FormattableString.Invariant($"eos-{number}"), curve.Name,
            Layout.Text($"Volume {ErrorNotation.Of(best.VolumeCubicAngstrom, best.Errors[1], 3)} \u00C5\u00B3, bulk modulus "
            + $"{ErrorNotation.Of(best.BulkModulusGigapascal, best.Errors[2], 1)} GPa, "
                + $"its slope {ErrorNotation.Of(best.BulkModulusSlope, best.Errors[3], 2)} ({NameOf(best.Form)})."),
            Layout.Columns(Layout.Figure(
                "Energy and volume",
                Svg.Drawing(
                    FormattableString.Invariant($"chart-eos-{number}"), "Energy and volume",
                    "Energies above the lowest, and the fitted curve.", 480, 294,
                    Axis.Left(y, Frame, "energy above the lowest, meV"), Axis.Bottom(x, Frame, "volume, \u00C5\u00B3"),
                    Marks.Curve(Line(best), x, y, "curve"),
                    volumes.Zip(energies).Select(pair => Marks.Circle(x.Map(pair.First), y.Map(1000 * (pair.Second - lowest)), 3.5,
                    "point"))),
                Legend.Of((Legend.Dot("point"), "computed"), (Legend.Stroke("curve"), NameOf(best.Form))))));
    }

    private static string NameOf(StateEquation form) => form == StateEquation.BirchMurnaghan ? "Birch-Murnaghan" : "Vinet";

    private sealed record Curve(string Name, int Atoms, VolumeScan Scan, EquationOfState[] Fits);
}
