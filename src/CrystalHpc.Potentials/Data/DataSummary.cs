using System.Globalization;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.Potentials.Data;

/// <summary>Tells what was read, before anything is made of it.</summary>
internal static class DataSummary
{
    private const int Shown = 3;

    /// <summary>Tells numbers, ranges and what is odd.</summary>
    /// <exception cref="UserException">Nothing can be used.</exception>
    public static void Tell(Job job, FrameData data)
    {
        foreach (IGrouping<FindingCode, FrameFinding> kind in data.Refused.Concat(data.Notes).GroupBy(entry => entry.Finding.Code))
        {
            foreach (FrameFinding entry in kind.Take(Shown))
                job.Warn(FormattableString.Invariant(
                    $"{entry.File}, structure {entry.Number}, line {entry.Finding.Line}: {entry.Finding.Message} ({entry.Finding.Code})"));
            if (kind.Count() > Shown)
                job.Warn(FormattableString.Invariant($"{kind.Key}: {kind.Count()} structures in all"));
        }

        if (data.Frames.Count == 0)
            throw UserException.Unusable("no structure with an energy can be used");
        int[] sizes = [.. data.Frames.Select(frame => frame.Frame.AtomCount).Distinct().Order()];
        double[] energies = [.. data.Frames.Select(frame => frame.EnergyPerAtom)];
        double[] forces = [.. data.Frames.SelectMany(frame => frame.Frame.ForcesElectronVoltPerAngstrom ?? [])];
        int withForces = data.Frames.Count(frame => frame.Frame.ForcesElectronVoltPerAngstrom is not null),
            withStress = data.Frames.Count(frame => frame.Frame.StressElectronVoltPerCubicAngstrom is not null);
        job.Say(string.Create(CultureInfo.InvariantCulture,
            $"data     {Numbers.Of(data.Frames.Count, "structure")} of {sizes[0]} to {sizes[^1]} atoms, {data.Refused.Count} refused; "
            + $"{withForces} with forces, {withStress} with stress"));
        string largest = forces.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $"; force components {Math.Sqrt(forces.Average(f => f * f)):0.###} eV/A (root mean square), largest "
            + $"{forces.Max(Math.Abs):0.##}");
        job.Say(FormattableString.Invariant(
            $"data     energy {energies.Min():0.####} to {energies.Max():0.####} eV an atom, mean {energies.Average():0.####}{largest}"));
    }
}
