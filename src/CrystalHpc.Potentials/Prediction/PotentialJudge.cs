using System.Globalization;
using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Report;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Prediction;

/// <summary>
/// How good a potential is on structures with energies: errors as a whole, by size and by group, beside the best that composition alone can
/// say.
/// </summary>
internal static class PotentialJudge
{
    private const int WorstErrors = 20;
    private const double OutlierDeviations = 1.5;

    /// <summary>Compares predictions with what the data say.</summary>
    /// <param name="data">What it is judged on, for people.</param>
    /// <param name="model">The potential.</param>
    /// <param name="frames">Structures with predictions, one at least.</param>
    public static ModelJudgment Judge(string data, PotentialModel model, IReadOnlyList<JudgedFrame> frames)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        AddErrors(metrics, "", frames);
        foreach ((string name, JudgedFrame[] part) in Parts(frames))
            AddErrors(metrics, "." + name, part);
        AddMoments(metrics, frames);
        AddBaselines(metrics, model, frames);
        metrics["in_domain"] = (double)frames.Count(frame => frame.IsInDomain(model.Confidence)) / frames.Count;
        if (!double.IsNaN(model.Confidence.EnergyPerAtomElectronVolt))
        {
            metrics["energy.coverage_90"] = (double)frames.Count(frame => Math.Abs(frame.EnergyError) * frame.Row.Frame.AtomCount <=
                Prediction.Calibration.HalfWidth * model.Confidence.OfEnergy(frame.Prediction.EnergySpread,
                    frame.Row.Frame.AtomCount)) / frames.Count;
        }

        return new ModelJudgment(data, frames.Count, metrics, Rows(model, frames), KeyFigures(metrics), [.. Sections(frames, metrics)]);
    }

    // Size classes, where there are several, and groups that the data name.
    private static IEnumerable<(string Name, JudgedFrame[] Frames)> Parts(IReadOnlyList<JudgedFrame> frames)
    {
        var sizes = frames.GroupBy(frame => frame.Row.Frame.AtomCount).OrderBy(group => group.Key).ToArray();
        foreach (IGrouping<int, JudgedFrame> size in sizes.Length is > 1 and <= 12 ? sizes : [])
            yield return (FormattableString.Invariant($"atoms_{size.Key}"), [.. size]);
        foreach (IGrouping<string, JudgedFrame> group in frames.Where(frame => frame.Row.Group is not null)
            .GroupBy(frame => frame.Row.Group!).OrderBy(group => group.Key, StringComparer.Ordinal))
            yield return (string.Concat("group_", group.Key.Replace(' ', '_')), [.. group]);
    }

    private static void AddErrors(SortedDictionary<string, double> metrics, string part, IReadOnlyList<JudgedFrame> frames)
    {
        metrics[$"energy.rmse_meV_per_atom{part}"] = 1e3 * RootMeanSquare(frames.Select(frame => frame.EnergyError));
        metrics[$"energy.mae_meV_per_atom{part}"] = 1e3 * frames.Average(frame => Math.Abs(frame.EnergyError));
        double[] forces = [.. frames.SelectMany(frame => frame.ForceErrors)];
        if (forces.Length > 0)
        {
            metrics[$"forces.rmse_eV_per_A{part}"] = RootMeanSquare(forces);
            metrics[$"forces.mae_eV_per_A{part}"] = forces.Average(Math.Abs);
        }

        double[] stress = [.. frames.Where(frame => frame.Row.Frame.StressElectronVoltPerCubicAngstrom is not null
            && frame.Prediction.StressElectronVoltPerCubicAngstrom is not null)
            .SelectMany(frame =>
                frame.Prediction.StressElectronVoltPerCubicAngstrom!.Zip(frame.Row.Frame.StressElectronVoltPerCubicAngstrom!,
                (found, known) => found - known))];
        if (stress.Length > 0)
            metrics[$"stress.rmse_eV_per_A3{part}"] = RootMeanSquare(stress);
    }

    private static void AddMoments(SortedDictionary<string, double> metrics, IReadOnlyList<JudgedFrame> frames)
    {
        double mean = frames.Average(frame => frame.EnergyError),
            deviation = Math.Sqrt(frames.Average(frame => Math.Pow(frame.EnergyError - mean, 2)));
        metrics["energy.mean_error_meV_per_atom"] = 1e3 * mean;
        metrics["energy.deviation_meV_per_atom"] = 1e3 * deviation;
        if (deviation == 0)
            return;
        metrics["energy.skewness"] = frames.Average(frame => Math.Pow((frame.EnergyError - mean) / deviation, 3));
        metrics["energy.kurtosis"] = frames.Average(frame => Math.Pow((frame.EnergyError - mean) / deviation, 4));
        metrics["energy.share_beyond_1.5_deviations"] = (double)frames.Count(frame =>
            Math.Abs(frame.EnergyError - mean) > OutlierDeviations * deviation) / frames.Count;
    }

    // Reference energies alone, and no force at all.
    private static void AddBaselines(SortedDictionary<string, double> metrics, PotentialModel model, IReadOnlyList<JudgedFrame> frames)
    {
        metrics["energy.references_alone_meV_per_atom"] = 1e3 * RootMeanSquare(frames.Select(frame =>
            frame.Row.EnergyPerAtom - frame.Row.Frame.Species.Average(element =>
                model.ReferenceElectronVolt[model.Set.NumberOf(element)])));
        double[] forces = [.. frames.SelectMany(frame => frame.Row.Frame.ForcesElectronVoltPerAngstrom ?? [])];
        if (forces.Length > 0)
            metrics["forces.zero_eV_per_A"] = RootMeanSquare(forces);
    }

    private static IEnumerable<PredictionRow> Rows(PotentialModel model, IReadOnlyList<JudgedFrame> frames) =>
        frames.Select((frame, row) => PredictionRow.OfNumber(
        row, frame.Row.Id, "energy", frame.Row.Frame.EnergyElectronVolt, frame.Prediction.EnergyElectronVolt,
        model.Confidence.OfEnergy(frame.Prediction.EnergySpread, frame.Row.Frame.AtomCount),
            frame.IsInDomain(model.Confidence)));

    private static XElement[] KeyFigures(SortedDictionary<string, double> metrics)
    {
        var figures = new List<XElement>
        {
            Layout.KeyFigure(FormattableString.Invariant($"{metrics["energy.rmse_meV_per_atom"]:0.00}"), "meV an atom",
                "root mean square error of energies"),
        };
        if (metrics.TryGetValue("forces.rmse_eV_per_A", out double forces))
            figures.Add(Layout.KeyFigure(FormattableString.Invariant($"{forces:0.000}"), "eV/A",
                "root mean square error of force components"));
        return [.. figures];
    }

    private static IEnumerable<XElement> Sections(IReadOnlyList<JudgedFrame> frames, SortedDictionary<string, double> metrics)
    {
        double[] actual = [.. frames.Select(frame => frame.Row.EnergyPerAtom)],
            predicted = [.. frames.Select(frame => frame.Prediction.EnergyElectronVolt / frame.Row.Frame.AtomCount)];
        yield return Layout.Section("energy", "Energies", ParityChart.Draw("parity-energy", "energy, eV an atom", actual, predicted));
        JudgedFrame[] withForces = [.. frames.Where(frame => frame.Row.Frame.ForcesElectronVoltPerAngstrom is not null)];
        if (withForces.Length > 0)
        {
            yield return Layout.Section("forces", "Forces", ParityChart.Draw(
                "parity-forces", "force component, eV/A",
                    [.. withForces.SelectMany(frame => frame.Row.Frame.ForcesElectronVoltPerAngstrom!)],
                [.. withForces.SelectMany(frame => frame.Prediction.ForcesElectronVoltPerAngstrom)]));
        }

        yield return Layout.Section("figures", "All figures", Markup.Element("table", metrics.Select(metric => Markup.Element(
            "tr", Markup.Element("td", Layout.Code(metric.Key)), Markup.Element("td", Numbers.Significant(metric.Value))))));
        yield return Layout.Section("errors", "Largest errors",
            Markup.Element("ul", frames.OrderByDescending(frame => Math.Abs(frame.EnergyError)).Take(WorstErrors)
            .Select(frame => Markup.Element("li", string.Create(CultureInfo.InvariantCulture,
                $"{frame.Row.Id}, {frame.Row.Composition}: {1e3 * frame.EnergyError:+0.00;-0.00} meV an "
                + $"atom{(frame.Excess > 0 ? $"; {frame.Prediction.Extrapolations[0]}" : "")}")))));
    }

    private static double RootMeanSquare(IEnumerable<double> errors) => Math.Sqrt(errors.Average(error => error * error));
}
