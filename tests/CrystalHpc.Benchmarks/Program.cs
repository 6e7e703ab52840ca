using CrystalHpc.Benchmarks.Scale;

namespace CrystalHpc.Benchmarks;

/// <summary>Entry point: the first argument names the benchmark. docs/performance.md says what each one measures.</summary>
internal static class Program
{
    private static readonly (string Name, string What, Action<string[]> Run)[] Benchmarks =
    [
        ("cif", "reading CIF syntax, against gemmi", CifReading.Run),
        ("structure", "from bytes to structures, against pymatgen", StructureReading.Run),
        ("fit", "value and gradient of the fit, against NumPy", FitEvaluation.Run),
        ("coordination", "neighbors and CrystalNN shells, against pymatgen", CoordinationShells.Run),
        ("matrix", "matrix products of the shapes that networks make, against OpenBLAS", MatrixProducts.Run),
        ("network", "an epoch of a dense network, against torch", NetworkTraining.Run),
        ("predictions", "predictions of the lattice model that ships, by their parts", LatticePredictions.Run),
        ("formulas", "features against NumPy, a forest beside the model that ships, an epoch against torch", FormulaPeers.Run),
        ("potential", "symmetry functions and forces of neural potentials, their gradients against torch", PotentialSpeed.Run),
        ("potential-ranks", "a training of a neural potential by one, two and four ranks", PotentialRanks.Run),
        ("property", "graphs of crystals against pymatgen, passes of the graph network against torch", PropertySpeed.Run),
        ("convolution", "convolutions of volumes, against torch", VolumeConvolutions.Run),
        ("symmetry", "space groups of tabulated structures, against spglib", SymmetryFinding.Run),
        ("match", "10,000 structures into families", FamilySorting.Run),
        ("formula", "reading formulas", FormulaReading.Run),
        ("chain", "from bytes to equations, against pymatgen", WholeChain.Run),
        ("allreduce", "MPI_Allreduce from C#, against C, two ranks", AllReduce.Run),
        ("ranks", "extraction by one rank and by two", RankScaling.Run),
        ("scale", "constants and simulation of all of COD on 12 to 36,000 ranks", ScaleStudy.Run),
        ("corpus", "index and extraction of 10,000 to 100,000 files", CorpusScaling.Run),
    ];

    private static int Main(string[] args)
    {
        if (args is ["allreduce-rank", ..])
        {
            AllReduce.RunRank();
            return 0;
        }

        if (args is ["desk-rank", ..])
        {
            DeskCost.RunRank();
            return 0;
        }

        if (args.Length > 0 && Array.Find(Benchmarks, benchmark => benchmark.Name == args[0]) is { Run: not null } chosen)
        {
            Console.WriteLine($"{Environment.ProcessorCount} processors, load {Machine.Load()}, {DateTime.UtcNow:u}");
            chosen.Run(args[1..]);
            return 0;
        }

        Console.Error.WriteLine(
            "usage: dotnet run -c Release --project tests/CrystalHpc.Benchmarks -- BENCHMARK [--corpus "
            + "ARCHIVE.tar.gz|FOLDER] [--rounds N] [--python PATH]");
        foreach ((string name, string what, _) in Benchmarks)
            Console.Error.WriteLine($"  {name,-16}{what}");
        return 1;
    }
}
