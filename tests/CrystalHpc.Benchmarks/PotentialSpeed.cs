using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.N2p2;
using CrystalHpc.Potentials.Prediction;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// Processor time an atom of symmetry functions and of energies with forces, and the gradient of a full batch against torch, one thread;
/// the data lie in
/// <c>--data FOLDER</c>, <c>../shared</c> by default. Figures of n2p2 on the same data stand in docs/performance.md.
/// </summary>
internal static class PotentialSpeed
{
    private const int Frames = 200;

    public static void Run(string[] args)
    {
        string data = Arguments.Find(args, "--data") ?? "../shared";
        int rounds = Arguments.Number(args, "--rounds", 3);
        AtomFrame[] titania = Read(Path.Combine(data, "datasets/tio2-aenet-1000/tio2.extxyz.gz"));
        FunctionSet set = NamedSets.Create("artrith_urban", [Element.Of("O"), Element.Of("Ti")]);
        TimeFunctions("titania, 70 functions", set, titania[..Frames], rounds);
        foreach (string element in (string[])["Cu", "Si", "Mo"])
        {
            PotentialModel model = N2p2Folder.Read(Path.Combine(data, "datasets/mlearn-nnp-models", element), null);
            TimeForces($"{element}, published", model, Read(Path.Combine(data, "datasets/mlearn-pes", $"{element}.extxyz.gz"))[..60],
                rounds);
        }

        TimeForces("titania", N2p2Folder.Read(Path.Combine(data, "gold/n2p2/titania-model"), null), titania[..Frames], rounds);
        new PotentialGradients(set, titania).Run(args, rounds);
    }

    private static void TimeFunctions(string name, FunctionSet set, AtomFrame[] frames, int rounds)
    {
        var kernel = new DescriptorKernel(set);
        foreach (bool derivatives in (bool[])[false, true])
        {
            Time($"{name}{(derivatives ? " with derivatives" : ", values")}", rounds, frames, () =>
            {
                foreach (AtomFrame frame in frames)
                {
                    foreach (AtomNeighborhood near in AtomSurroundings.TryCreate(frame, set, out _)!.Neighborhoods())
                        kernel.Evaluate(near, derivatives);
                }
            });
        }
    }

    private static void TimeForces(string name, PotentialModel model, AtomFrame[] frames, int rounds)
    {
        var evaluator = new PotentialEvaluator(model);
        Time($"{name}, energies and forces", rounds, frames, () =>
        {
            foreach (AtomFrame frame in frames)
                evaluator.Predict(frame, forces: true, out _);
        });
    }

    private static void Time(string name, int rounds, AtomFrame[] frames, Action work)
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

        Console.WriteLine(FormattableString.Invariant($"  {name,-52}{1e6 * best / atoms,10:0.0} us an atom {1e3 * best,10:0.0} ms"));
    }

    private static AtomFrame[] Read(string path)
    {
        using Stream input = StructureStreams.Open(path);
        return [.. StructureFile.Read(input, StructureFormat.ExtendedXyz, FrameReaderOptions.Default).Select(reading => reading.Frame!)];
    }
}
