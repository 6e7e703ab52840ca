using System.Numerics;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Lattices.Model;

/// <summary>
/// What the distributions of the memory become: inputs of the network (scaled logarithms of their sums over systems and Bravais lattices,
/// of the total weights, and the root of the mean over heads), and logits, sum over heads of alpha ln(p + eps).
/// </summary>
internal sealed class MemorySummary<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Heads = MemoryLayer<T>.Heads, Groups = LatticeClasses.Groups, Bravais = 14, Systems = 7;
    private const int PerHead = Systems + Bravais + 1, Pooled = Heads * PerHead;

    /// <summary>Inputs that it makes.</summary>
    public const int InputLength = Pooled + Groups;

    /// <summary>Logits of groups, Bravais lattices and systems.</summary>
    public const int LogitCount = Groups + Bravais + Systems;

    // Added to probabilities before their logarithm: in inputs, and in logits of groups, Bravais lattices and systems.
    private static readonly T InputFloor = T.CreateChecked(0.01), GroupFloor = T.CreateChecked(1e-4), BravaisFloor = T.CreateChecked(1e-3),
        SystemFloor = T.CreateChecked(2e-3), RootFloor = T.CreateChecked(1e-6);

    // Inputs of a spread near 1 and a mean near 0.
    private static readonly T Half = T.CreateChecked(0.5), SystemShift = T.CreateChecked(1), BravaisShift = T.CreateChecked(1.5),
        Two = T.CreateChecked(2);

    private readonly Parameter<T> _alpha = new("memory.alpha", 1, Heads, ParameterKind.Bias, MemoryLayer<T>.FastRate);
    private readonly Tensor<T> _marginals = new(), _inputLogarithms = new(), _groupLogarithms = new(), _marginalLogarithms = new(),
        _roots = new();
    private readonly Tensor<T> _gradient = new(), _totalGradient = new();
    private Tensor<T>? _distributions;

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<Parameter<T>> Parameters => [_alpha];

    /// <summary>All heads start with the same share of one half.</summary>
    public void Initialize() => _alpha.Values.Fill(T.CreateChecked(0.5 / Heads));

    /// <summary>Writes the inputs.</summary>
    public void Forward(Tensor<T> distributions, Tensor<T> totals, Tensor<T> input, int offset)
    {
        _distributions = distributions;
        int rows = distributions.Rows;
        Sum(distributions);
        _inputLogarithms.CopyFrom(_marginals);
        AddTo(_inputLogarithms.Values, InputFloor);
        VectorLogarithm.Log(_inputLogarithms.Values);
        _roots.Resize(rows, Groups);
        for (int row = 0; row < rows; row++)
        {
            Span<T> target = input.Row(row).Slice(offset, InputLength), logarithms = _inputLogarithms.Row(row), root = _roots.Row(row);
            for (int head = 0; head < Heads; head++)
            {
                for (int k = 0; k < Systems + Bravais; k++)
                    target[head * PerHead + k] = Half * logarithms[head * (Systems + Bravais) + k]
                        + (k < Systems ? SystemShift : BravaisShift);
                target[head * PerHead + Systems + Bravais] = Half * totals.Row(row)[head];
            }

            root.Clear();
            for (int head = 0; head < Heads; head++)
                VectorSpan.Add<T>(distributions.Row(row).Slice(head * Groups, Groups), root);
            for (int group = 0; group < Groups; group++)
            {
                root[group] = T.Sqrt(root[group] / T.CreateChecked(Heads) + RootFloor);
                target[Pooled + group] = Two * root[group];
            }
        }
    }

    /// <summary>Adds the logits of the memory to those of the network.</summary>
    public void AddLogits(Tensor<T> logits)
    {
        Tensor<T> distributions = _distributions!;
        _groupLogarithms.CopyFrom(distributions);
        AddTo(_groupLogarithms.Values, GroupFloor);
        VectorLogarithm.Log(_groupLogarithms.Values);
        _marginalLogarithms.CopyFrom(_marginals);
        for (int i = 0; i < _marginalLogarithms.Values.Length; i++)
            _marginalLogarithms.Values[i] += i % (Systems + Bravais) < Systems ? SystemFloor : BravaisFloor;
        VectorLogarithm.Log(_marginalLogarithms.Values);
        for (int row = 0; row < logits.Rows; row++)
        {
            Span<T> z = logits.Row(row), groups = _groupLogarithms.Row(row), marginals = _marginalLogarithms.Row(row);
            for (int head = 0; head < Heads; head++)
            {
                T alpha = _alpha.Values[head];
                for (int group = 0; group < Groups; group++)
                    z[group] += alpha * groups[head * Groups + group];
                Span<T> own = marginals.Slice(head * (Systems + Bravais), Systems + Bravais);
                for (int k = 0; k < Bravais; k++)
                    z[Groups + k] += alpha * own[Systems + k];
                for (int k = 0; k < Systems; k++)
                    z[Groups + Bravais + k] += alpha * own[k];
            }
        }
    }

    /// <summary>The gradients with respect to the distributions and to the logarithms of the total weights.</summary>
    public (Tensor<T> Distributions, Tensor<T> Totals) Backward(Tensor<T> logitGradient, Tensor<T> inputGradient, int offset)
    {
        Tensor<T> distributions = _distributions!;
        _gradient.Resize(distributions.Rows, distributions.Columns);
        _totalGradient.Resize(distributions.Rows, Heads);
        Span<T> marginal = stackalloc T[Systems + Bravais], rootGradient = stackalloc T[Groups];
        for (int row = 0; row < distributions.Rows; row++)
        {
            ReadOnlySpan<T> logit = logitGradient.Row(row), input = inputGradient.Row(row).Slice(offset, InputLength),
                root = _roots.Row(row);
            for (int group = 0; group < Groups; group++)
                rootGradient[group] = input[Pooled + group] / (T.CreateChecked(Heads) * root[group]);
            for (int head = 0; head < Heads; head++)
            {
                T alpha = _alpha.Values[head];
                _totalGradient.Row(row)[head] = Half * input[head * PerHead + Systems + Bravais];
                int first = head * (Systems + Bravais);
                T alphaGradient = T.Zero;
                for (int k = 0; k < Systems + Bravais; k++)
                {
                    T p = _marginals.Row(row)[first + k], g = k < Systems ? logit[Groups + Bravais + k] : logit[Groups + k - Systems];
                    alphaGradient += g * _marginalLogarithms.Row(row)[first + k];
                    marginal[k] = Half * input[head * PerHead + k] / (p + InputFloor) + alpha
                        * g / (p + (k < Systems ? SystemFloor : BravaisFloor));
                }

                ReadOnlySpan<T> logarithms = _groupLogarithms.Row(row).Slice(head * Groups, Groups), q = distributions.Row(row)
                    .Slice(head * Groups, Groups);
                Span<T> target = _gradient.Row(row).Slice(head * Groups, Groups);
                for (int group = 0; group < Groups; group++)
                {
                    alphaGradient += logit[group] * logarithms[group];
                    target[group] = alpha * logit[group] / (q[group] + GroupFloor) + rootGradient[group]
                        + marginal[LatticeClasses.SystemsOfGroups[group]] + marginal[Systems
                            + LatticeClasses.BravaisLatticesOfGroups[group]];
                }

                _alpha.Gradient[head] += alphaGradient;
            }
        }

        return (_gradient, _totalGradient);
    }

    // Sums over systems and Bravais lattices, head by head.
    private void Sum(Tensor<T> distributions)
    {
        _marginals.Resize(distributions.Rows, Heads * (Systems + Bravais));
        _marginals.Values.Clear();
        ReadOnlySpan<int> systems = LatticeClasses.SystemsOfGroups, lattices = LatticeClasses.BravaisLatticesOfGroups;
        for (int row = 0; row < distributions.Rows; row++)
        {
            for (int head = 0; head < Heads; head++)
            {
                ReadOnlySpan<T> p = distributions.Row(row).Slice(head * Groups, Groups);
                Span<T> target = _marginals.Row(row).Slice(head * (Systems + Bravais), Systems + Bravais);
                for (int group = 0; group < Groups; group++)
                {
                    target[systems[group]] += p[group];
                    target[Systems + lattices[group]] += p[group];
                }
            }
        }
    }

    private static void AddTo(Span<T> values, T addend)
    {
        foreach (ref T value in values)
            value += addend;
    }
}
