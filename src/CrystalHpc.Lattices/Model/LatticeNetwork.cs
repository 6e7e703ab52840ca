using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Lattices.Model;

/// <summary>
/// From a formula and its neighbors to logits of space group, Bravais lattice and crystal system: a residual network over features, what
/// the memory says and learned points of elements and amounts; to its logits those of the memory are added.
/// </summary>
public sealed class LatticeNetwork<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ElementLength = 19, AmountLength = 8, SlotLength = ElementLength + AmountLength, Slots = Composition.Slots;
    private const double DropoutRate = 0.15;

    private readonly MemoryLayer<T> _memory;
    private readonly MemorySummary<T> _summary = new();
    private readonly Parameter<T> _elements = new("slots.elements", Composition.KnownElements, ElementLength, ParameterKind.Bias,
        MemoryLayer<T>.FastRate);
    private readonly Parameter<T> _amounts = new("slots.amounts", FormulaSamples.LargestAmount + 1, AmountLength, ParameterKind.Bias);
    private readonly Dense<T>[] _dense;
    private readonly BatchNormalization<T>[] _normalizations;
    private readonly Sequence<T> _trunk;
    private readonly Tensor<T> _input = new(), _noise = new();
    private readonly int _features;
    private readonly LatticePart _without;
    private FormulaSamples? _samples;
    private int[] _numbers = [];

    /// <summary>A network over known formulas.</summary>
    /// <param name="known">The memory.</param>
    /// <param name="features">Number of features of a formula.</param>
    /// <param name="width">Width of its layers.</param>
    /// <param name="without">A part that is left out.</param>
    public LatticeNetwork(KnownFormulas known, int features, int width, LatticePart without = LatticePart.None)
    {
        (_memory, _features, _without) = (new MemoryLayer<T>(known, without), features, without);
        int inputs = features + MemorySummary<T>.InputLength + Slots * SlotLength;
        _dense =
        [
            new(inputs, width, hasBias: false, name: "trunk.0."), new(width, width, hasBias: false, name: "trunk.1."),
            new(width, width, hasBias: false, name: "trunk.2."),
            new(width, MemorySummary<T>.LogitCount, name: "logits."),
        ];
        _normalizations = [new(width, "trunk.0."), new(width, "trunk.1."), new(width, "trunk.2.")];
        ILayer<T>[] blocks = [.. Enumerable.Range(0, 3).Select(i => new Sequence<T>(
            [_dense[i], _normalizations[i], new Activation<T>(ActivationKind.Relu), new Dropout<T>(DropoutRate, (uint)(10 + i))]))];
        _trunk = new Sequence<T>([blocks[0], new Residual<T>(blocks[1]), new Residual<T>(blocks[2]), _dense[3]]);
        Parameters = [.. _memory.Parameters, .. _summary.Parameters, _elements, _amounts, .. _trunk.Parameters];
    }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>The memory.</summary>
    public MemoryLayer<T> Memory => _memory;

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(ulong seed)
    {
        _memory.Initialize(seed);
        _summary.Initialize();
        var random = new CounterRandom(seed, 1, 2);
        for (int element = 0; element < Composition.KnownElements; element++)
        {
            ReadOnlySpan<double> point = ElementSpace.Of(element);
            for (int axis = 0; axis < ElementLength; axis++)
                _elements.Values[element * ElementLength + axis] = T.CreateChecked(
                    axis < point.Length ? 2 * point[axis] : 0.3 * random.NextNormal());
        }

        Initializers.Normal(_amounts, 1, random);

        // A third of the variance that keeps signals: normalization restores them, and logits start small beside those of the memory.
        foreach (Dense<T> layer in _dense)
            Initializers.Normal(layer.Weight, Math.Sqrt(1.0 / (3 * layer.Weight.Rows)), random);
        foreach (BatchNormalization<T> layer in _normalizations)
            layer.Initialize();
    }

    /// <summary>Logits of samples: 230 groups, 14 Bravais lattices, 7 systems.</summary>
    public Tensor<T> Forward(FormulaSamples samples, ReadOnlySpan<int> numbers, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(samples);
        (_samples, _numbers) = (samples, numbers.ToArray());
        Tensor<T> distributions = _memory.Forward(samples, numbers, pass);
        _input.Resize(numbers.Length, _features + MemorySummary<T>.InputLength + Slots * SlotLength);
        _input.Values.Clear();
        Span<float> noise = new float[_features];
        for (int row = 0; row < numbers.Length; row++)
        {
            Span<T> input = _input.Row(row);
            ReadOnlySpan<float> features = samples.FeaturesOf(numbers[row]);
            if (pass.IsTraining && _without != LatticePart.Noise)
                NeighborDropout.Draw(pass, numbers[row], noise);
            for (int i = 0; i < features.Length && _without != LatticePart.Features; i++)
                input[i] = T.CreateChecked(features[i] + noise[i]);
            if (_without != LatticePart.Slots)
                WriteSlots(samples, numbers[row], input[(_features + MemorySummary<T>.InputLength)..]);
        }

        _summary.Forward(distributions, _memory.Totals, _input, _features);
        Tensor<T> logits = _trunk.Forward(_input, pass);
        _summary.AddLogits(logits);
        return logits;
    }

    /// <summary>Adds to the gradients of the parameters.</summary>
    /// <param name="logitGradient">Gradient with respect to the logits.</param>
    public void Backward(Tensor<T> logitGradient)
    {
        ArgumentNullException.ThrowIfNull(logitGradient);
        FormulaSamples samples = _samples ?? throw new InvalidOperationException("a backward pass follows a forward pass");
        Tensor<T> inputGradient = _trunk.Backward(logitGradient);
        for (int row = 0; row < _numbers.Length && _without != LatticePart.Slots; row++)
            BackwardSlots(samples, _numbers[row], inputGradient.Row(row)[(_features + MemorySummary<T>.InputLength)..]);
        (Tensor<T> distributions, Tensor<T> totals) = _summary.Backward(logitGradient, inputGradient, _features);
        _memory.Backward(distributions, totals);
    }

    private void WriteSlots(FormulaSamples samples, int number, Span<T> input)
    {
        ReadOnlySpan<byte> elements = samples.ElementsOf(number), amounts = samples.AmountsOf(number);
        for (int slot = 0; slot < elements.Length; slot++)
        {
            Span<T> target = input.Slice(slot * SlotLength, SlotLength);
            _elements.Values.Slice(elements[slot] * ElementLength, ElementLength).CopyTo(target);
            _amounts.Values.Slice(amounts[slot] * AmountLength, AmountLength).CopyTo(target[ElementLength..]);
        }
    }

    private void BackwardSlots(FormulaSamples samples, int number, ReadOnlySpan<T> gradient)
    {
        ReadOnlySpan<byte> elements = samples.ElementsOf(number), amounts = samples.AmountsOf(number);
        for (int slot = 0; slot < elements.Length; slot++)
        {
            ReadOnlySpan<T> source = gradient.Slice(slot * SlotLength, SlotLength);
            VectorSpan.Add(source[..ElementLength], _elements.Gradient.Slice(elements[slot] * ElementLength, ElementLength));
            VectorSpan.Add(source[ElementLength..], _amounts.Gradient.Slice(amounts[slot] * AmountLength, AmountLength));
        }
    }
}
