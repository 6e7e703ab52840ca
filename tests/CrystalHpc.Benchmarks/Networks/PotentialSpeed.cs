using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.N2p2;
using CrystalHpc.Potentials.Prediction;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// Processor time an atom of symmetry functions and of energies with forces, one thread; the data lie in <c>--data FOLDER</c>,
/// <c>shared</c> beside the repository by default. Beside them the times of n2p2 for the same structures on record.
/// </summary>
internal static class PotentialSpeed
{
    private const int Frames = 200;

    public static void Run(string[] args)
    {
        string data = TitaniaFrames.DataFolder(args);
        int rounds = Arguments.Number(args, "--rounds", 3);
        AtomFrame[] titania = TitaniaFrames.Read(args);
        if (titania.Length == 0)
            return;
        FunctionSet set = NamedSets.Create("artrith_urban", [Element.Of("O"), Element.Of("Ti")]);
        TimeFunctions("titania, 70 functions", set, titania[..Frames], rounds);
        foreach ((string element, double n2p2) in ((string, double)[])[("Cu", 28), ("Si", 60), ("Mo", 67)])
        {
            PotentialModel model = N2p2Folder.Read(Path.Combine(data, "datasets/mlearn-nnp-models", element), null);
            AtomFrame[] frames = TitaniaFrames.Read(Path.Combine(data, "datasets/mlearn-pes", $"{element}.extxyz.gz"))[..60];
            TimeForces($"{element}, published potential", model, frames, rounds, n2p2);
        }

        TimeForces("titania", N2p2Folder.Read(Path.Combine(data, "gold/n2p2/titania-model"), null), titania[..Frames], rounds, 300);
    }

    private static void TimeFunctions(string name, FunctionSet set, AtomFrame[] frames, int rounds)
    {
        var kernel = new DescriptorKernel(set);
        foreach (bool derivatives in (bool[])[false, true])
        {
            Time($"{name}, {(derivatives ? "values and derivatives" : "values")}", rounds, frames, derivatives ? null : 307, () =>
            {
                foreach (AtomFrame frame in frames)
                {
                    foreach (AtomNeighborhood near in AtomSurroundings.TryCreate(frame, set, out _)!.Neighborhoods())
                        kernel.Evaluate(near, derivatives);
                }
            });
        }
    }

    private static void TimeForces(string name, PotentialModel model, AtomFrame[] frames, int rounds, double n2p2)
    {
        var evaluator = new PotentialEvaluator(model);
        Time($"{name}, energies and forces", rounds, frames, n2p2, () =>
        {
            foreach (AtomFrame frame in frames)
                evaluator.Predict(frame, forces: true, out _);
        });
    }

    private static void Time(
        string name, int rounds, AtomFrame[] frames, double? n2p2, Action work)
    {
        work();
        int atoms = frames.Sum(frame => frame.AtomCount);
        double best = double.PositiveInfinity;
        for (int round = 0; round < rounds; round++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            work();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalSeconds);
        }

        double microseconds = 1e6 * best / atoms;
        string peer = n2p2 is null ? ContestResult.Verdict(-microseconds, -100).Replace("-", "", StringComparison.Ordinal)
            : FormattableString.Invariant($"n2p2 on record {n2p2,4} µs, {n2p2 / microseconds:0.0} times as long");
        Console.WriteLine(FormattableString.Invariant($"  {name,-48}{microseconds,8:0.0} µs an atom; {peer}"));
    }

}
