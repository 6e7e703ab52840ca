using System.Globalization;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Potentials.Data;

/// <summary>Looks for labels that would spoil a training, before it begins.</summary>
internal static class LabelChecks
{
    private const double OutlierSpreads = 20, LeastOutlierElectronVolt = 1, LargeForce = 50, NetForce = 0.01;
    private const double SamePlaceAngstrom = 1e-4, SameEnergyElectronVolt = 1e-3;

    // An energy of one atom among energies of whole structures: near the median of energies an atom, while its own energy an atom is not.
    private const double NearMedian = 0.15, FarFromMedian = 0.4;

    /// <summary>Checks structures; those that cannot be used are added to the refused ones.</summary>
    /// <returns>The structures that can be used, and notes about them.</returns>
    /// <exception cref="UserException">All energies look like those of one atom.</exception>
    public static (List<LabelledFrame> Used, List<FrameFinding> Notes) Check(IReadOnlyList<LabelledFrame> frames,
        List<FrameFinding> refused)
    {
        RequireTotals(frames);
        var notes = new List<FrameFinding>();
        List<LabelledFrame> used = RefuseEnergiesPerAtom(frames, refused);
        NoteEnergies(used, notes);
        NoteForces(used, notes);
        NoteDuplicates(used, notes);
        return (used, notes);
    }

    // Where one composition comes in several sizes, energies of whole structures grow with the size, energies of one atom do not. Few
    // structures of one composition may look so by chance: most compositions have to.
    private static void RequireTotals(IReadOnlyList<LabelledFrame> frames)
    {
        (int compared, int suspect, string example) = (0, 0, "");
        foreach (IGrouping<string, LabelledFrame> formula in frames.GroupBy(Reduced))
        {
            int[] sizes = [.. formula.Select(frame => frame.Frame.AtomCount).Distinct().Order()];
            if (sizes.Length < 2 || sizes[^1] < 1.5 * sizes[0])
                continue;
            double[] small = [.. formula.Where(frame => frame.Frame.AtomCount == sizes[0])
                .Select(frame => frame.Frame.EnergyElectronVolt!.Value).Order()];
            double[] large = [.. formula.Where(frame => frame.Frame.AtomCount == sizes[^1])
                .Select(frame => frame.Frame.EnergyElectronVolt!.Value).Order()];
            double ratio = large[large.Length / 2] / small[small.Length / 2], expected = (double)sizes[^1] / sizes[0];
            if (formula.Count() < 4)
                continue;
            compared++;
            if (!(Math.Abs(ratio - 1) < 0.2 * (expected - 1) && ratio > 0.5))
                continue;
            suspect++;
            example = string.Create(CultureInfo.InvariantCulture,
                $"structures of {sizes[0]} and {sizes[^1]} atoms of {formula.Key} have {small[small.Length / 2]:0.###} and "
                + $"{large[large.Length / 2]:0.###} eV");
        }

        if (2 * suspect > compared)
            throw UserException.Unusable($"the energies look like those of one atom: {example}; energies of whole structures are needed");
    }

    // Data that reach that far from the median without them, such as curves of dimers, may well hold such energies.
    private static List<LabelledFrame> RefuseEnergiesPerAtom(IReadOnlyList<LabelledFrame> frames, List<FrameFinding> refused)
    {
        var wrong = new HashSet<LabelledFrame>(ReferenceEqualityComparer.Instance);
        foreach (IGrouping<string, LabelledFrame> formula in frames.GroupBy(Reduced))
        {
            double median = Median(formula.Select(frame => frame.EnergyPerAtom)), size = Math.Abs(median);
            double Distance(LabelledFrame frame) => Math.Abs(frame.EnergyPerAtom - median);
            bool IsSuspect(LabelledFrame frame) => Distance(frame) > FarFromMedian * size
                && Math.Abs(frame.Frame.EnergyElectronVolt!.Value - median) < NearMedian * size;
            double reach = formula.Where(frame => !IsSuspect(frame)).Select(Distance).DefaultIfEmpty(0).Max();
            foreach (LabelledFrame frame in formula.Where(frame => IsSuspect(frame) && Distance(frame) > reach))
            {
                wrong.Add(frame);
                double? energy = frame.Frame.EnergyElectronVolt;
                refused.Add(Note(frame, PotentialFindings.EnergyPerAtom,
                    $"{energy:0.#####} eV for {frame.Frame.AtomCount} atoms, where others have about {median:0.#####} eV an atom"));
            }
        }

        return [.. frames.Where(frame => !wrong.Contains(frame))];
    }

    private static void NoteEnergies(List<LabelledFrame> frames, List<FrameFinding> notes)
    {
        foreach (IGrouping<string, LabelledFrame> formula in frames.GroupBy(Reduced))
        {
            double median = Median(formula.Select(frame => frame.EnergyPerAtom)),
                spread = Median(formula.Select(frame => Math.Abs(frame.EnergyPerAtom - median)));
            foreach (LabelledFrame frame in formula.Where(frame =>
                Math.Abs(frame.EnergyPerAtom - median) > Math.Max(OutlierSpreads * spread, LeastOutlierElectronVolt)))
                notes.Add(Note(frame, PotentialFindings.EnergyOutlier,
                    $"{frame.EnergyPerAtom:0.####} eV an atom, where the median of {formula.Key} is {median:0.####}"));
        }
    }

    private static void NoteForces(List<LabelledFrame> frames, List<FrameFinding> notes)
    {
        foreach (LabelledFrame frame in frames)
        {
            if (frame.Frame.ForcesElectronVoltPerAngstrom is not { } forces)
                continue;
            double largest = forces.Max(Math.Abs), net = 0;
            for (int axis = 0; axis < 3; axis++)
            {
                double sum = 0;
                for (int i = axis; i < forces.Length; i += 3)
                    sum += forces[i];
                net = Math.Max(net, Math.Abs(sum) / frame.Frame.AtomCount);
            }

            if (largest > LargeForce)
                notes.Add(Note(frame, PotentialFindings.ForceOutlier, $"a force component is {largest:0.##} eV/A"));
            if (net > NetForce)
                notes.Add(Note(frame, PotentialFindings.NetForce,
                    $"the mean force of its {frame.Frame.AtomCount} atoms is {net:0.####} eV/A"));
        }
    }

    private static void NoteDuplicates(List<LabelledFrame> frames, List<FrameFinding> notes)
    {
        var seen = new Dictionary<string, LabelledFrame>();
        foreach (LabelledFrame frame in frames)
        {
            string place = PlaceOf(frame.Frame);
            if (!seen.TryGetValue(place, out LabelledFrame? first))
            {
                seen[place] = frame;
                continue;
            }

            double difference = Math.Abs(first.EnergyPerAtom - frame.EnergyPerAtom);
            notes.Add(difference > SameEnergyElectronVolt
                ? Note(frame, PotentialFindings.Contradiction,
                    $"the same as {first.Id}, but {1e3 * difference:0.#} meV an atom away from it")
                : Note(frame, PotentialFindings.Duplicate, $"the same as {first.Id}"));
        }
    }

    private static string PlaceOf(AtomFrame frame)
    {
        (ulong low, ulong high) = (1469598103934665603, 0);
        void Add(double value)
        {
            long rounded = (long)Math.Round(value / SamePlaceAngstrom);
            low = (low ^ (ulong)rounded) * 1099511628211;
            high = high * 6364136223846793005 + (ulong)rounded + 1442695040888963407;
        }

        if (frame.Cell is { } cell)
        {
            foreach (double value in (double[])[cell.A.X, cell.A.Y, cell.A.Z, cell.B.X, cell.B.Y, cell.B.Z, cell.C.X, cell.C.Y, cell.C.Z])
                Add(value);
        }

        foreach (double value in frame.PositionsAngstrom)
            Add(value);
        foreach (Core.Elements.Element element in frame.Species)
            Add(element.AtomicNumber * SamePlaceAngstrom);
        return FormattableString.Invariant($"{frame.AtomCount} {low:x} {high:x}");
    }

    private static string Reduced(LabelledFrame frame)
    {
        var counts = frame.Frame.Species.CountBy(element => element).OrderBy(pair => pair.Key).ToArray();
        int divisor = counts.Select(pair => pair.Value).Aggregate(Gcd);
        return string.Concat(counts.Select(pair => pair.Value == divisor ? pair.Key.Symbol
            : FormattableString.Invariant($"{pair.Key}{pair.Value / divisor}")));
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static FrameFinding Note(LabelledFrame frame, FindingCode code, FormattableString message) =>
        new(frame.File, frame.Number, new Finding(code, frame.Line, 0, FormattableString.Invariant(message)));
}
