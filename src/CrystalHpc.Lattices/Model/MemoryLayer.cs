using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Neighbors;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Lattices.Model;

/// <summary>
/// What the memory says of a formula: for each head a distribution over space groups, p = (sum_k w_k y_k + tau p0) / (sum_k w_k + tau),
/// with y_k that of neighbor k and p0 that of all known formulas. Six heads weigh neighbors of the same amounts by w = exp(-e^s d), d = sum
/// over slots of exp(a_slot + b fraction) |E_q - E_c|^2, with learned points E of the elements; two weigh the others by the exponential of
/// a linear function of descriptors.
/// </summary>
public sealed partial class MemoryLayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Heads that weigh neighbors of the same amounts.</summary>
    public const int AlikeHeads = 6;

    /// <summary>Heads that weigh the other neighbors.</summary>
    public const int OtherHeads = 2;

    /// <summary>All heads.</summary>
    public const int Heads = AlikeHeads + OtherHeads;

    private const int Elements = Composition.KnownElements, Slots = Composition.Slots, Groups = LatticeClasses.Groups, PointLength = 16;
    private const int Alike = NeighborTable.Alike, Others = NeighborTable.Others, Mixed = NeighborTable.Mixed,
        Descriptors = NeighborTable.Descriptors;

    // Coefficients of a head: descriptors of neighbors by mixture, of those by slots, and a constant for the latter.
    private const int Coefficients = 2 * Descriptors + 1;

    // Heads of one pair of elements side by side, so that a neighbor is one run through memory.
    private const int Stride = AlikeHeads;

    // Exponents of other neighbors are kept in bounds; within them the gradient passes.
    private const double LowestExponent = -15, HighestExponent = 3;

    // Widths that heads start with, in units of the mean distance of two elements; those of other heads by mixture and by slots.
    private static readonly double[] StartingWidths = [0.2, 0.3, 0.45, 0.7, 0.3, 0.3], MixtureWidths = [0.1, 0.2], SlotWidths = [0.2, 0.3];

    private readonly KnownFormulas _known;
    private readonly bool _isForgetful;
    private readonly Parameter<T> _points, _slotScale, _fractionScale;
    private readonly Parameter<T> _sharpness = new("memory.sharpness", 1, AlikeHeads, ParameterKind.Bias, FastRate);
    private readonly Parameter<T> _priorWeight = new("memory.prior_weight", 1, Heads, ParameterKind.Bias, FastRate);
    private readonly Parameter<T> _coefficients = new("memory.descriptors", OtherHeads, Coefficients, ParameterKind.Bias, FastRate);

    private readonly T[] _squares = new T[Elements * Elements * Stride], _squareGradients = new T[Elements * Elements * Stride];
    private readonly Tensor<T> _output = new(), _totals = new(), _weights = new(), _distances = new(), _otherWeights = new();
    private readonly T[] _scales = new T[Slots * Stride], _scaleGradients = new T[Slots * Stride];
    private readonly T[] _dots = new T[Heads];
    private FormulaSamples? _samples;
    private int[] _numbers = [];

    /// <summary>A layer over known formulas.</summary>
    /// <param name="known">The formulas.</param>
    /// <param name="without">A part that is left out.</param>
    public MemoryLayer(KnownFormulas known, LatticePart without = LatticePart.None)
    {
        (_known, _isForgetful) = (known, without != LatticePart.Forgetting);
        double rate = without == LatticePart.LearnedDistance ? 0 : FastRate;
        _points = new("memory.elements", AlikeHeads * Elements, PointLength, ParameterKind.Bias, rate);
        _slotScale = new("memory.slot_scale", AlikeHeads, Slots, ParameterKind.Bias, rate);
        _fractionScale = new("memory.fraction_scale", 1, AlikeHeads, ParameterKind.Bias, rate);
        Parameters = [_points, _slotScale, _fractionScale, _sharpness, _priorWeight, _coefficients];
    }

    /// <summary>What decides distances learns five times as fast as the rest.</summary>
    internal const double FastRate = 5;

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>ln of the sums of weights, a column for each head.</summary>
    public Tensor<T> Totals => _totals;

    /// <summary>
    /// Shares of the neighbors of the same amounts in what the heads that weigh these say, means over the heads; after a forward pass.
    /// </summary>
    /// <param name="row">Row of the forward pass.</param>
    /// <param name="shares">Receives a share for each neighbor, the nearest first.</param>
    public void Shares(int row, Span<double> shares)
    {
        ReadOnlySpan<T> weights = _weights.Row(row);
        shares.Clear();
        for (int head = 0; head < AlikeHeads; head++)
        {
            double scale = PortableMath.Exp(-double.CreateChecked(_totals.Row(row)[head])) / AlikeHeads;
            for (int k = 0; k < shares.Length; k++)
                shares[k] += double.CreateChecked(weights[k * Stride + head]) * scale;
        }
    }

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(ulong seed)
    {
        var random = new CounterRandom(seed, 0, 2);
        for (int row = 0; row < AlikeHeads * Elements; row++)
        {
            ReadOnlySpan<double> point = ElementSpace.Of(row % Elements);
            for (int axis = 0; axis < PointLength; axis++)
                _points.Values[row * PointLength + axis] = T.CreateChecked((axis < point.Length ? point[axis] : 0) + 0.02
                    * random.NextNormal());
        }

        _slotScale.Values.Clear();
        _fractionScale.Values.Clear();
        for (int head = 0; head < AlikeHeads; head++)
        {
            _sharpness.Values[head] = T.CreateChecked(-2 * PortableMath.Log(StartingWidths[head]));
            _priorWeight.Values[head] = T.CreateChecked(-4);
        }

        _coefficients.Values.Clear();
        for (int head = 0; head < OtherHeads; head++)
        {
            _priorWeight.Values[AlikeHeads + head] = T.CreateChecked(-3);
            _coefficients.Values[head * Coefficients] = T.CreateChecked(-1 / (MixtureWidths[head] * MixtureWidths[head]));
            _coefficients.Values[head * Coefficients + Descriptors] = T.CreateChecked(-1 / (SlotWidths[head] * SlotWidths[head]));
        }
    }

    /// <summary>The distributions of all heads: a row a sample, the groups of the first head, then of the second.</summary>
    /// <param name="samples">All samples.</param>
    /// <param name="numbers">Those at hand.</param>
    /// <param name="pass">Training drops neighbors.</param>
    public Tensor<T> Forward(FormulaSamples samples, ReadOnlySpan<int> numbers, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(samples);
        (_samples, _numbers) = (samples, numbers.ToArray());
        MeasureElements();
        _output.Resize(numbers.Length, Heads * Groups);
        _totals.Resize(numbers.Length, Heads);
        _weights.Resize(numbers.Length, Alike * Stride);
        _distances.Resize(numbers.Length, Alike * Stride);
        _otherWeights.Resize(numbers.Length, Others * OtherHeads);
        _output.Values.Clear();
        Span<T> prior = stackalloc T[Heads];
        _priorWeight.Values.CopyTo(prior);
        VectorMath.Exp(prior);
        Span<bool> kept = stackalloc bool[Alike + Others];
        for (int row = 0; row < numbers.Length; row++)
        {
            kept.Fill(true);
            if (pass.IsTraining && _isForgetful)
                NeighborDropout.Draw(pass, numbers[row], kept);
            WeighAlike(samples, numbers[row], row, kept);
            WeighOthers(samples, numbers[row], row, kept[Alike..]);
            Mix(samples, numbers[row], row, prior);
        }

        VectorLogarithm.Log(_totals.Values);
        return _output;
    }

    // |E_i - E_j|^2 of all pairs, heads side by side.
    private void MeasureElements()
    {
        Span<T> points = _points.Values;
        for (int head = 0; head < AlikeHeads; head++)
        {
            for (int i = 0; i < Elements; i++)
            {
                ReadOnlySpan<T> x = points.Slice((head * Elements + i) * PointLength, PointLength);
                for (int j = 0; j <= i; j++)
                {
                    ReadOnlySpan<T> y = points.Slice((head * Elements + j) * PointLength, PointLength);
                    T sum = T.Zero;
                    for (int axis = 0; axis < PointLength; axis++)
                        sum += (x[axis] - y[axis]) * (x[axis] - y[axis]);
                    _squares[(i * Elements + j) * Stride + head] = _squares[(j * Elements + i) * Stride + head] = sum;
                }
            }
        }
    }

    // exp(a_slot + b fraction), slot by slot, heads side by side.
    private void ScaleSlots(FormulaSamples samples, int number)
    {
        ReadOnlySpan<float> fractions = samples.FractionsOf(number);
        for (int slot = 0; slot < fractions.Length; slot++)
        {
            T fraction = T.CreateChecked(fractions[slot]);
            for (int head = 0; head < AlikeHeads; head++)
                _scales[slot * Stride + head] = _slotScale.Values[head * Slots + slot] + _fractionScale.Values[head] * fraction;
        }

        VectorMath.Exp(_scales.AsSpan(0, fractions.Length * Stride));
    }

    private void WeighAlike(FormulaSamples samples, int number, int row, ReadOnlySpan<bool> kept)
    {
        ScaleSlots(samples, number);
        ReadOnlySpan<byte> elements = samples.ElementsOf(number), aligned = samples.Neighbors.AlignedOf(number);
        ReadOnlySpan<int> neighbors = samples.Neighbors.AlikeOf(number);
        Span<T> weights = _weights.Row(row), distances = _distances.Row(row), sharpness = stackalloc T[AlikeHeads];
        _sharpness.Values.CopyTo(sharpness);
        VectorMath.Exp(sharpness);
        distances.Clear();
        int count = 0;
        for (; count < Alike && neighbors[count] >= 0; count++)
        {
            Span<T> d = distances.Slice(count * Stride, Stride), w = weights.Slice(count * Stride, Stride);
            for (int slot = 0; slot < elements.Length; slot++)
            {
                ReadOnlySpan<T> squares = _squares.AsSpan((elements[slot] * Elements + aligned[count * Slots + slot]) * Stride, Stride);
                ReadOnlySpan<T> scales = _scales.AsSpan(slot * Stride, Stride);
                for (int head = 0; head < Stride; head++)
                    d[head] += scales[head] * squares[head];
            }

            for (int head = 0; head < Stride; head++)
                w[head] = -sharpness[head] * d[head];
        }

        VectorMath.Exp(weights[..(count * Stride)]);
        weights[(count * Stride)..].Clear();
        for (int k = 0; k < count; k++)
        {
            if (!kept[k])
                weights.Slice(k * Stride, Stride).Clear();
        }
    }

    private void WeighOthers(FormulaSamples samples, int number, int row, ReadOnlySpan<bool> kept)
    {
        ReadOnlySpan<int> neighbors = samples.Neighbors.OthersOf(number);
        ReadOnlySpan<float> descriptors = samples.Neighbors.DescriptorsOf(number);
        Span<T> weights = _otherWeights.Row(row);
        T low = T.CreateChecked(LowestExponent), high = T.CreateChecked(HighestExponent);
        for (int k = 0; k < Others; k++)
        {
            for (int head = 0; head < OtherHeads; head++)
                weights[k * OtherHeads + head] = T.Clamp(ExponentOf(descriptors, k, head), low, high);
        }

        VectorMath.Exp(weights);
        for (int k = 0; k < Others; k++)
        {
            if (neighbors[k] < 0 || !kept[k])
                weights.Slice(k * OtherHeads, OtherHeads).Clear();
        }
    }

    private T ExponentOf(ReadOnlySpan<float> descriptors, int neighbor, int head)
    {
        bool isMixed = neighbor < Mixed;
        ReadOnlySpan<T> coefficients = _coefficients.Values.Slice(head * Coefficients, Coefficients);
        ReadOnlySpan<T> own = coefficients.Slice(isMixed ? 0 : Descriptors, Descriptors);
        T sum = isMixed ? T.Zero : coefficients[2 * Descriptors];
        for (int i = 0; i < Descriptors; i++)
            sum += own[i] * T.CreateChecked(descriptors[neighbor * Descriptors + i]);
        return sum;
    }

    private void Mix(FormulaSamples samples, int number, int row, ReadOnlySpan<T> prior)
    {
        Span<T> output = _output.Row(row), totals = _totals.Row(row);
        prior.CopyTo(totals);
        Spread(samples.Neighbors.AlikeOf(number), _weights.Row(row), AlikeHeads, output, totals);
        Spread(samples.Neighbors.OthersOf(number), _otherWeights.Row(row), OtherHeads, output[(AlikeHeads * Groups)..],
            totals[AlikeHeads..]);
        for (int head = 0; head < Heads; head++)
        {
            Span<T> p = output.Slice(head * Groups, Groups);
            T inverse = T.One / totals[head], share = prior[head] * inverse;
            for (int group = 0; group < Groups; group++)
                p[group] = p[group] * inverse + share * T.CreateChecked(_known.Prior[group]);
        }
    }

    private void Spread(ReadOnlySpan<int> neighbors, ReadOnlySpan<T> weights, int heads, Span<T> output, Span<T> totals)
    {
        for (int k = 0; k < neighbors.Length; k++)
        {
            if (neighbors[k] < 0)
                continue;
            ReadOnlySpan<byte> groups = _known.GroupsOf(neighbors[k]);
            ReadOnlySpan<float> shares = _known.SharesOf(neighbors[k]);
            for (int head = 0; head < heads; head++)
            {
                T weight = weights[k * heads + head];
                totals[head] += weight;
                for (int i = 0; i < groups.Length; i++)
                    output[head * Groups + groups[i]] += weight * T.CreateChecked(shares[i]);
            }
        }
    }
}
