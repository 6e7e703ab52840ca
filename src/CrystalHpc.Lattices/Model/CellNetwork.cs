using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Lattices.Model;

/// <summary>
/// From a formula and its Bravais lattice to a cell: a residual network over features, the lattice, and what known cells say; its output is
/// added to the mean over near neighbors.
/// </summary>
public sealed class CellNetwork<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double DropoutRate = 0.1;

    // The second width of the memory is what the network corrects.
    private const int Corrected = ConventionalCell.Numbers + 1;

    private readonly Dense<T>[] _dense;
    private readonly BatchNormalization<T>[] _normalizations;
    private readonly Sequence<T> _trunk;
    private readonly Tensor<T> _input = new(), _output = new();
    private readonly int _features;

    /// <summary>A network.</summary>
    /// <param name="features">Features of a formula.</param>
    /// <param name="width">Width of its layers.</param>
    public CellNetwork(int features, int width)
    {
        _features = features;
        _dense =
        [
            new(CellInput.Length(features), width, hasBias: false, isFirst: true, name: "cell.0."),
            new(width, width, hasBias: false, name: "cell.1."), new(width, width, hasBias: false, name: "cell.2."),
            new(width, ConventionalCell.Numbers, name: "cell.output."),
        ];
        _normalizations = [new(width, "cell.0."), new(width, "cell.1."), new(width, "cell.2.")];
        ILayer<T>[] blocks = [.. Enumerable.Range(0, 3).Select(i => new Sequence<T>(
            [_dense[i], _normalizations[i], new Activation<T>(ActivationKind.Relu), new Dropout<T>(DropoutRate, (uint)(20 + i))]))];
        _trunk = new Sequence<T>([blocks[0], new Residual<T>(blocks[1]), new Residual<T>(blocks[2]), _dense[3]]);
    }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<Parameter<T>> Parameters => _trunk.Parameters;

    /// <summary>Sets the parameters to where a training starts: at the mean over near neighbors.</summary>
    public void Initialize(ulong seed)
    {
        var random = new CounterRandom(seed, 2, 2);
        foreach (Dense<T> layer in _dense[..^1])
            Initializers.He(layer.Weight, random);
        Initializers.Normal(_dense[^1].Weight, 0.01 / Math.Sqrt(_dense[^1].Weight.Rows), random);
        foreach (BatchNormalization<T> layer in _normalizations)
            layer.Initialize();
    }

    /// <summary>The cells of inputs, a row for each; see <see cref="CellMemory.CellOf"/>.</summary>
    public Tensor<T> Forward(ReadOnlySpan<float> inputs, int rows, ForwardPass pass)
    {
        int length = CellInput.Length(_features), memory = _features + LatticeClasses.Bravais.Count + Corrected;
        _input.Resize(rows, length);
        for (int i = 0; i < rows * length; i++)
            _input.Values[i] = T.CreateChecked(inputs[i]);
        _output.CopyFrom(_trunk.Forward(_input, pass));
        for (int row = 0; row < rows; row++)
            VectorSpan.Add<T>(_input.Row(row).Slice(memory, ConventionalCell.Numbers), _output.Row(row));
        return _output;
    }

    /// <summary>Adds to the gradients of the parameters.</summary>
    public void Backward(Tensor<T> gradient) => _trunk.Backward(gradient);
}
