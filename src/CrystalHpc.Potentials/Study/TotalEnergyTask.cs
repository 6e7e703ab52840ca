using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Training;
using CrystalHpc.Potentials.Training;

namespace CrystalHpc.Potentials.Study;

/// <summary>
/// Deep networks, one for each element, whose outputs sum to a number for each structure; the loss is the magnitude of its error, no
/// matter how many atoms. One instance a thread.
/// </summary>
internal sealed class TotalEnergyTask<T> : ITrainingTask<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dense<T>[][] _dense;
    private readonly Sequence<T>[] _networks;
    private readonly SampleTable _table;
    private readonly double[] _targets;
    private readonly int[] _firsts;
    private readonly Tensor<T>[] _inputs, _gradients;
    private double[] _energies = [];

    /// <summary>A task.</summary>
    /// <param name="shape">The networks.</param>
    /// <param name="table">Scaled symmetry functions of all structures.</param>
    /// <param name="targets">What each structure is fitted to, eV.</param>
    public TotalEnergyTask(GridShape shape, SampleTable table, double[] targets)
    {
        (_table, _targets, _firsts) = (table, targets, new int[table.Count]);
        for (int sample = 1; sample < table.Count; sample++)
            _firsts[sample] = _firsts[sample - 1] + table.AtomsOf(sample - 1);
        int elements = table.Set.Elements.Count;
        (_dense, _networks, _inputs, _gradients) = (new Dense<T>[elements][], new Sequence<T>[elements], new Tensor<T>[elements],
            new Tensor<T>[elements]);
        for (int element = 0; element < elements; element++)
        {
            int[] widths = [table.Set.FunctionsOf(element).Count, .. Enumerable.Repeat(shape.Nodes, shape.Layers), 1];
            string name = table.Set.Elements[element].Symbol;
            _dense[element] = [.. Enumerable.Range(0, widths.Length - 1)
                .Select(i => new Dense<T>(widths[i], widths[i + 1], name: FormattableString.Invariant($"{name}.{i}."), isFirst: i == 0))];
            Dense<T> last = _dense[element][^1];
            IEnumerable<ILayer<T>> hidden = _dense[element][..^1].SelectMany((layer, i) => (ILayer<T>[])
                [layer, new Activation<T>(shape.Activation), new Dropout<T>(shape.Dropout, (uint)(element * widths.Length + i))]);
            _networks[element] = new Sequence<T>([.. hidden, last]);
            (_inputs[element], _gradients[element]) = (new Tensor<T>(), new Tensor<T>());
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => [.. _networks.SelectMany(network => network.Parameters)];

    /// <inheritdoc/>
    public void Initialize(ulong seed)
    {
        var random = new CounterRandom(seed, 0, stream: 3);
        foreach (Dense<T> layer in _dense.SelectMany(layers => layers))
            Initializers.Glorot(layer.Weight, random);
    }

    /// <inheritdoc/>
    public double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        double loss = Evaluate(samples, pass);
        for (int element = 0; element < _networks.Length; element++)
        {
            int row = 0;
            _gradients[element].Resize(_inputs[element].Rows, 1);
            for (int k = 0; k < samples.Length; k++)
            {
                foreach (int own in _table.ElementsOf(samples[k]))
                {
                    if (own == element)
                        _gradients[element].Values[row++] = T.CreateChecked(Math.Sign(_energies[k] - _targets[samples[k]]));
                }
            }

            if (row > 0)
                _networks[element].Backward(_gradients[element]);
        }

        return loss;
    }

    /// <inheritdoc/>
    public double Loss(ReadOnlySpan<int> samples) => Evaluate(samples, ForwardPass.Prediction);

    /// <summary>What the networks say of a structure, eV.</summary>
    public double Predict(int sample)
    {
        Evaluate([sample], ForwardPass.Prediction);
        return _energies[0];
    }

    private double Evaluate(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        if (_energies.Length < samples.Length)
            _energies = new double[samples.Length];
        Array.Clear(_energies);
        for (int element = 0; element < _networks.Length; element++)
            AddEnergies(element, samples, pass);
        double loss = 0;
        for (int k = 0; k < samples.Length; k++)
            loss += Math.Abs(_energies[k] - _targets[samples[k]]);
        return loss;
    }

    // What is dropped depends on the atom alone, not on which others are computed with it.
    private void AddEnergies(int element, ReadOnlySpan<int> samples, ForwardPass pass)
    {
        var owners = new List<int>();
        var numbers = new List<int>();
        for (int k = 0; k < samples.Length; k++)
        {
            ReadOnlySpan<int> elements = _table.ElementsOf(samples[k]);
            for (int atom = 0; atom < elements.Length; atom++)
            {
                if (elements[atom] != element)
                    continue;
                owners.Add(k);
                numbers.Add(_firsts[samples[k]] + atom);
            }
        }

        Tensor<T> inputs = _inputs[element];
        inputs.Resize(owners.Count, _table.Set.FunctionsOf(element).Count);
        if (owners.Count == 0)
            return;
        for (int row = 0; row < owners.Count; row++)
        {
            int sample = samples[owners[row]];
            ReadOnlySpan<double> values = _table.InputsOf(sample, numbers[row] - _firsts[sample]);
            for (int f = 0; f < values.Length; f++)
                inputs.Row(row)[f] = T.CreateChecked(values[f]);
        }

        Tensor<T> outputs = _networks[element].Forward(inputs, pass with { Samples = numbers.ToArray() });
        for (int row = 0; row < owners.Count; row++)
            _energies[owners[row]] += double.CreateChecked(outputs.Values[row]);
    }
}
