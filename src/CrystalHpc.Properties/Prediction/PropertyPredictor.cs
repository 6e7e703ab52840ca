using System.Collections.Concurrent;
using CrystalHpc.Core.Elements;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Prediction;

/// <summary>Predicts many crystals with all cores; what it says of one does not depend on the others.</summary>
/// <param name="model">The model.</param>
public sealed class PropertyPredictor(PropertyModel model)
{
    // Atoms of a batch bound its memory.
    private const int BatchAtoms = 1024;

    private readonly int _gap = model.IndexOf(PropertyTarget.Gap), _metal = model.IndexOf(PropertyTarget.Metal);

    // A network with its working space for each thread that was ever busy. Members of the committee take turns in it: the working space of
    // a large crystal is a hundred times its parameters.
    private readonly ConcurrentBag<(CrystalNetwork<float> Network, ParameterBuffer<float> Buffer)> _idle = [];

    /// <summary>Predicts crystals, in their order.</summary>
    public PropertyPrediction[] Predict(IReadOnlyList<CrystalGraph> graphs) => Predict(graphs, out _);

    /// <summary>The same with what the first network makes of each crystal before its hidden layer, end to end.</summary>
    internal PropertyPrediction[] Predict(IReadOnlyList<CrystalGraph> graphs, out float[] pooled)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        var predictions = new PropertyPrediction[graphs.Count];
        int width = model.Shape.Width;
        float[] features = pooled = new float[graphs.Count * width];
        List<int[]> batches = Deal(graphs);
        global::System.Threading.Tasks.Parallel.For(0, batches.Count, batch =>
        {
            if (!_idle.TryTake(out (CrystalNetwork<float> Network, ParameterBuffer<float> Buffer) space))
                space = CreateSpace();
            int[] numbers = batches[batch];
            Span<float> ofFirst = features.AsSpan(numbers[0] * width, numbers.Length * width);
            var outputs = new Tensor<float>[model.Members.Count];
            for (int member = 0; member < outputs.Length; member++)
            {
                model.Members[member].Values.CopyTo(space.Buffer.Values);
                outputs[member] = new Tensor<float>();
                outputs[member].CopyFrom(space.Network.Forward(graphs, numbers, ForwardPass.Prediction));
                if (member == 0)
                    space.Network.Pooled.Values.CopyTo(ofFirst);
            }

            for (int row = 0; row < numbers.Length; row++)
                predictions[numbers[row]] = Of(graphs[numbers[row]], outputs, row, ofFirst.Slice(row * width, width));
            _idle.Add(space);
        });
        return predictions;
    }

    // Runs of crystals that follow one another.
    private static List<int[]> Deal(IReadOnlyList<CrystalGraph> graphs)
    {
        var batches = new List<int[]>();
        for (int start = 0, end = 0; start < graphs.Count; start = end)
        {
            for (int atoms = 0; end < graphs.Count && (end == start || atoms + graphs[end].Atoms <= BatchAtoms); end++)
                atoms += graphs[end].Atoms;
            batches.Add([.. Enumerable.Range(start, end - start)]);
        }

        return batches;
    }

    private (CrystalNetwork<float> Network, ParameterBuffer<float> Buffer) CreateSpace()
    {
        CrystalNetwork<float> network = model.CreateNetwork();
        return (network, new ParameterBuffer<float>(network.Parameters));
    }

    private PropertyPrediction Of(CrystalGraph graph, Tensor<float>[] outputs, int row, ReadOnlySpan<float> pooled)
    {
        int count = model.Targets.Count;
        (double[] values, double[] errors) = (new double[count], new double[count]);
        for (int k = 0; k < count; k++)
        {
            LearnedTarget target = model.Targets[k];
            double mean = outputs.Average(member => (double)member.Row(row)[k]);
            double square = outputs.Sum(member => (member.Row(row)[k] - mean) * (member.Row(row)[k] - mean));
            double variance = outputs.Length > 1 ? square / (outputs.Length - 1) : 0;
            values[k] = target.Plain(mean);
            errors[k] = target.Column.Target.IsQuestion
                ? Math.Sqrt(values[k] * (1 - values[k]))
                : target.Factor * Math.Sqrt(target.Scale * target.Scale * variance + target.Noise * target.Noise);
        }

        // The gap of a metal is 0, not nearly so.
        if (_gap >= 0 && _metal >= 0 && values[_metal] > 0.5)
            values[_gap] = 0;
        double distance = model.Seen?.Nearest(pooled) ?? 0;
        return new PropertyPrediction(values, errors, distance, [.. Warnings(graph, distance)]);
    }

    private IEnumerable<string> Warnings(CrystalGraph graph, double distance)
    {
        string[] unknown = [.. graph.Contents.Where(element => !model.Elements.Contains(element)).Distinct().Order()
            .Select(element => new Element((byte)(element + 1)).Symbol)];
        if (unknown.Length > 0)
            yield return $"no training crystal holds {string.Join(", ", unknown)}";
        if (model.Type?.Holds(graph) == false)
            yield return "it is not of the structure type of the training crystals";
        if (distance > model.Seen?.Limit)
            yield return FormattableString.Invariant(
                $"no training crystal is much alike: the nearest is {distance:0.00} away, more than {model.Seen.Limit:0.00}");
    }
}
