using CrystalHpc.Benchmarks.Scale;

namespace CrystalHpc.Benchmarks;

/// <summary>A benchmark of this program.</summary>
/// <param name="Name">The word that starts it.</param>
/// <param name="What">What it measures.</param>
/// <param name="Run">Measures and prints, by the arguments after the name; returns the contests.</param>
internal sealed record Benchmark(string Name, string What, Func<string[], IReadOnlyList<ContestResult>> Run)
{
    /// <summary>All benchmarks.</summary>
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        Without("machine", "the machine and the programs that are compared with", MachineReport.Run),
        new("cif", "reading CIF syntax, against gemmi", CifReading.Run),
        new("structure", "from bytes to structures, against pymatgen", StructureReading.Run),
        new("symmetry", "space groups of tabulated structures, against spglib", SymmetryFinding.Run),
        new("match", "10,000 structures into families", FamilySorting.Run),
        new("formula", "reading formulas", FormulaReading.Run),
        new("coordination", "neighbors and CrystalNN shells, against pymatgen", CoordinationShells.Run),
        new("chain", "from bytes to equations, against pymatgen", WholeChain.Run),
        new("fit", "value and gradient of the fit, against NumPy; a whole fit; two ranks", FitEvaluation.Run),
        new("matrix", "matrix products of the shapes that networks make, against OpenBLAS", MatrixProducts.Run),
        new("network", "an epoch of a dense network, against torch", NetworkTraining.Run),
        new("formulas", "features of formulas against NumPy, a random forest beside the model that ships", FormulaPeers.Run),
        new("predictions", "predictions of the lattice model that ships, by their parts", LatticePredictions.Run),
        Without("potential", "symmetry functions and forces of neural potentials", PotentialSpeed.Run),
        new("potential-gradient", "the gradient of the loss of a neural potential, against torch", PotentialGradients.Run),
        Without("potential-ranks", "a training of a neural potential by one, two and four ranks", PotentialRanks.Run),
        new("property", "graphs of crystals against pymatgen, passes of the graph network against torch", PropertySpeed.Run),
        new("convolution", "convolutions of volumes, against torch", VolumeConvolutions.Run),
        Without("commands", "whole commands of a list in the folder Commands", TimedCommands.Run),
        Without("allreduce", "MPI_Allreduce from C#, against C, two ranks", AllReduce.Run),
        Without("ranks", "extraction by one rank and by two", RankScaling.Run),
        Without("corpus", "index and extraction of 10,000 to 100,000 files", CorpusScaling.Run),
        Without("scale", "constants and simulation of all of COD on 12 to 36,000 ranks", ScaleStudy.Run),
    ];

    /// <summary>The benchmark of that name, or null.</summary>
    public static Benchmark? Find(string name) => All.FirstOrDefault(benchmark => benchmark.Name == name);

    private static Benchmark Without(string name, string what, Action<string[]> run) => new(name, what, args =>
    {
        run(args);
        return [];
    });
}
