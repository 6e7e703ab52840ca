using System.Collections.Concurrent;
using CrystalHpc.Core.Elements;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Model;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Neighbors;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Metrics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Lattices.Prediction;

/// <summary>Predicts many formulas with all cores; what it says of one does not depend on the others.</summary>
/// <param name="model">The model.</param>
public sealed class LatticePredictor(LatticeModel model)
{
    private const int Batch = 256, ShownNeighbors = 8;

    private readonly IReadOnlySet<byte> _elements = model.Elements;

    // Networks with their working space, one committee for each thread that was ever busy.
    private readonly ConcurrentBag<LatticeNetwork<float>[]> _idle = [];

    /// <summary>Predicts formulas, in their order.</summary>
    public LatticePrediction[] Predict(IReadOnlyList<Composition> formulas)
    {
        ArgumentNullException.ThrowIfNull(formulas);
        var predictions = new LatticePrediction[formulas.Count];
        global::System.Threading.Tasks.Parallel.For(0, (formulas.Count + Batch - 1) / Batch, batch =>
        {
            if (!_idle.TryTake(out LatticeNetwork<float>[]? networks))
                networks = CreateNetworks();
            Composition[] part = [.. formulas.Skip(batch * Batch).Take(Batch)];
            Predict(part, networks).CopyTo(predictions, batch * Batch);
            _idle.Add(networks);
        });
        if (model.Cells is { } cells)
        {
            ConventionalCell[] found = cells.Predict([.. predictions.Select(
                prediction => (prediction.Composition, ClassMetrics.MostProbable(prediction.Bravais)))]);
            for (int i = 0; i < predictions.Length; i++)
                predictions[i] = predictions[i] with { Cell = found[i] };
        }

        return predictions;
    }

    private static double SupportOf(Tensor<float> totals, int row)
    {
        float largest = float.NegativeInfinity;
        foreach (float total in totals.Row(row)[..MemoryLayer<float>.AlikeHeads])
            largest = Math.Max(largest, total);
        return largest;
    }

    private LatticeNetwork<float>[] CreateNetworks() => [.. model.Members.Select(member =>
    {
        LatticeNetwork<float> network = model.CreateNetwork();
        member.Share(network.Parameters);
        return network;
    })];

    private LatticePrediction[] Predict(Composition[] formulas, LatticeNetwork<float>[] networks)
    {
        NeighborTable neighbors = model.NeighborsOf(formulas);
        var samples = new FormulaSamples(formulas, model.Scaling, neighbors);
        int[] numbers = [.. Enumerable.Range(0, formulas.Length)];
        Tensor<float>[] logits = [.. networks.Select(network => network.Forward(samples, numbers, ForwardPass.Prediction))];
        MemoryLayer<float> memory = networks[0].Memory;
        var predictions = new LatticePrediction[formulas.Length];
        for (int row = 0; row < formulas.Length; row++)
        {
            ClassProbabilities[] members = [.. logits.Select(member => ClassProbabilities.Of(member.Row(row)))];
            (ClassProbabilities mean, double[] spreads) = ClassProbabilities.Mean(members);
            mean.Temper(model.Temperatures);
            double support = SupportOf(memory.Totals, row);
            predictions[row] = new LatticePrediction(
                formulas[row], mean.Systems, mean.Bravais, mean.Groups, spreads, Weigh(memory, neighbors, row),
                model.Search.NumberOf(formulas[row]), null, support,
                [.. Warnings(formulas[row], support)]);
        }

        return predictions;
    }

    // Shares of the neighbors in the distributions of the heads, as means over the heads that weigh them.
    private static WeighedNeighbor[] Weigh(MemoryLayer<float> memory, NeighborTable neighbors, int row)
    {
        ReadOnlySpan<int> alike = neighbors.AlikeOf(row);
        int count = alike.IndexOf(-1) is var end and >= 0 ? end : alike.Length;
        Span<double> shares = stackalloc double[count];
        memory.Shares(row, shares);
        var weights = new WeighedNeighbor[count];
        for (int k = 0; k < count; k++)
            weights[k] = new WeighedNeighbor(alike[k], shares[k]);
        Array.Sort(weights, static (left, right) => right.Weight.CompareTo(left.Weight) is not 0 and var order
            ? order : left.Formula.CompareTo(right.Formula));
        return count > ShownNeighbors ? weights[..ShownNeighbors] : weights;
    }

    private IEnumerable<string> Warnings(Composition formula, double support)
    {
        string[] unknown = [.. formula.Elements.ToArray().Where(element => !_elements.Contains(element))
            .Select(element => new Element((byte)(element + 1)).Symbol)];
        if (unknown.Length > 0)
            yield return $"no known compound holds {string.Join(", ", unknown)}";
        if (support <= model.LeastSupport)
            yield return "no known compound is much alike";
    }
}
