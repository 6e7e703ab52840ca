using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Model;
using CrystalHpc.Lattices.Prediction;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Neighbors;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// Predictions of the lattice model that ships, whole and by their parts; processor time of all threads, so that parts add up.
/// </summary>
internal static class LatticePredictions
{
    private const int Formulas = 2_048;

    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        string path = Path.Combine(Machine.RepositoryRoot(), "..", "shared", "datasets", "matbench-spacegroup", "sg_all.csv.gz");
        if (!File.Exists(path))
        {
            Console.WriteLine("no tables beside the repository");
            return [];
        }

        Composition[] formulas = [.. LatticeTableReader.Read(path).Rows.Take(Formulas).Select(row => row.Composition)];
        LatticeModel model = LatticeModel.Read(Path.Combine(Machine.RepositoryRoot(), "models", "lattice", "model.safetensors"));
        var predictor = new LatticePredictor(model);
        NeighborTable neighbors = model.Search.Find(formulas);
        var samples = new FormulaSamples(formulas, model.Scaling, neighbors);
        LatticeNetwork<float> network = model.CreateNetwork();
        model.Members[0].Share(network.Parameters);
        int[] numbers = [.. Enumerable.Range(0, formulas.Length)];
        (Composition, int)[] cells = [.. formulas.Select((formula, i) => (formula, i % LatticeClasses.Bravais.Count))];
        var alike = new AnonymousNeighbors(model.Known.Compositions);
        var nearest = new NearestList(NeighborTable.Alike);

        var contest = new Contest($"{formulas.Length} formulas, {model.Known.Compositions.Count} known, processor time", formulas.Length,
            "formulas");
        contest.Add("all", Timing.Processor(() => predictor.Predict(formulas)));
        contest.Add("neighbors", Timing.Processor(() => model.Search.Find(formulas)));
        contest.Add("neighbors of the same amounts", Timing.Processor(
            () => Array.ForEach(formulas, formula => alike.Find(formula, _ => false, nearest))));
        contest.Add("features and slots", Timing.Processor(() => _ = new FormulaSamples(formulas, model.Scaling, neighbors)));
        contest.Add("one network", Timing.Processor(() =>
        {
            for (int first = 0; first < numbers.Length; first += 128)
                network.Forward(samples, numbers.AsSpan(first, 128), ForwardPass.Prediction);
        }));
        contest.Add("its memory", Timing.Processor(() =>
        {
            for (int first = 0; first < numbers.Length; first += 128)
                network.Memory.Forward(samples, numbers.AsSpan(first, 128), ForwardPass.Prediction);
        }));
        contest.Add("cells", Timing.Processor(() => model.Cells!.Predict(cells)));
        contest.Add("their inputs", Timing.Processor(() => model.Cells!.Inputs(cells)));
        return contest.Run(args, 5);
    }
}
