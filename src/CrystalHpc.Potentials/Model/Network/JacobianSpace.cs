using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Potentials.Model.Network;

/// <summary>
/// Rows of the Jacobian of forces with respect to weights, one atom at a time; working space of one thread. The formulas stand at <see
/// cref="ElementNetwork"/>.
/// </summary>
internal sealed class JacobianSpace
{
    private const int Lanes = 8;

    private double[] _direction = [], _activation = [];
    private double[][] _stretches = [], _tangents = [], _zetas = [];

    /// <summary>
    /// Adds to rows of a Jacobian the gradient of dE/dx . direction of one atom with respect to the weights, for each of several
    /// directions.
    /// </summary>
    /// <param name="network">The network, after <see cref="ElementNetwork.Differentiate"/>.</param>
    /// <param name="atom">Number of the atom in its last forward pass.</param>
    /// <param name="directions">The directions, a row each.</param>
    /// <param name="count">Number of directions.</param>
    /// <param name="rows">Where in <paramref name="jacobian"/> the parameters of this network begin for each direction.</param>
    /// <param name="jacobian">The Jacobian, with a vector of room behind its last row.</param>
    public void Add(ElementNetwork network, int atom, ReadOnlySpan<double> directions, int count, ReadOnlySpan<int> rows,
        Span<double> jacobian)
    {
        IReadOnlyList<int> widths = network.Widths;
        int last = widths.Count - 1;
        Resize(widths, count);
        Push(network, atom, directions, count);
        for (int layer = last - 1; layer > 0; layer--)
            Bend(network, atom, layer, count, layer == last - 1);
        int offset = 0;
        for (int layer = 1; layer <= last; layer++)
        {
            (int inputs, int outputs) = (widths[layer - 1], widths[layer]);
            Pad(network.ActivationsOf(layer - 1, atom), ref _activation);
            ReadOnlySpan<double> errors = network.ErrorsOf(layer, atom);
            for (int d = 0; d < count; d++)
            {
                ReadOnlySpan<double> tangent = layer == 1 ? directions.Slice(d * inputs, inputs)
                    : _tangents[layer - 1].AsSpan(d * inputs, inputs);
                Pad(tangent, ref _direction);
                for (int o = 0; o < outputs; o++)
                {
                    double zeta = layer == last ? 0 : _zetas[layer][d * outputs + o];
                    int start = rows[d] + offset + o * inputs;
                    AddRow(jacobian[start..], errors[o], _direction, zeta, _activation, inputs);
                    jacobian[rows[d] + offset + outputs * inputs + o] += zeta;
                }
            }

            offset += outputs * inputs + outputs;
        }
    }

    private void Push(ElementNetwork network, int atom, ReadOnlySpan<double> directions, int count)
    {
        IReadOnlyList<int> widths = network.Widths;
        for (int layer = 1; layer < widths.Count - 1; layer++)
        {
            ReadOnlySpan<double> below = layer == 1 ? directions : _tangents[layer - 1], a = network.ActivationsOf(layer, atom);
            MatrixProduct.Compute(count, widths[layer], widths[layer - 1], below, false, network.Weights[layer - 1].Values, true,
                _stretches[layer]);
            for (int d = 0; d < count; d++)
            {
                for (int i = 0; i < a.Length; i++)
                    _tangents[layer][d * a.Length + i] = _stretches[layer][d * a.Length + i] * (1 - a[i] * a[i]);
            }
        }
    }

    private void Bend(ElementNetwork network, int atom, int layer, int count, bool isTop)
    {
        int width = network.Widths[layer];
        ReadOnlySpan<double> a = network.ActivationsOf(layer, atom), carried = network.CarriedOf(layer, atom);
        Span<double> zeta = _zetas[layer];
        if (isTop)
            zeta[..(count * width)].Clear();
        else
            MatrixProduct.Compute<double>(count, width, network.Widths[layer + 1], _zetas[layer + 1], false,
                network.Weights[layer].Values, false, zeta);
        for (int d = 0; d < count; d++)
        {
            for (int i = 0; i < width; i++)
            {
                int at = d * width + i;
                zeta[at] = (1 - a[i] * a[i]) * (zeta[at] - 2 * a[i] * carried[i] * _stretches[layer][at]);
            }
        }
    }

    // target += x left + y right over whole vectors; what lies behind the row gets zeros.
    private static void AddRow(Span<double> target, double x, double[] left, double y, double[] right, int length)
    {
        ref double first = ref MemoryMarshal.GetReference(target);
        ref double a = ref MemoryMarshal.GetArrayDataReference(left), b = ref MemoryMarshal.GetArrayDataReference(right);
        Vector512<double> vx = Vector512.Create(x), vy = Vector512.Create(y);
        for (nuint i = 0; i < (nuint)length; i += Lanes)
        {
            Vector512<double> sum = Vector512.FusedMultiplyAdd(vx, Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref first, i));
            Vector512.FusedMultiplyAdd(vy, Vector512.LoadUnsafe(ref b, i), sum).StoreUnsafe(ref first, i);
        }
    }

    private static void Pad(ReadOnlySpan<double> values, ref double[] padded)
    {
        int size = (values.Length + Lanes - 1) / Lanes * Lanes;
        if (padded.Length < size)
            padded = new double[size];
        values.CopyTo(padded);
        padded.AsSpan(values.Length).Clear();
    }

    private void Resize(IReadOnlyList<int> widths, int count)
    {
        if (_stretches.Length == widths.Count && _stretches[1].Length >= count * widths.Max())
            return;
        double[][] Room() => [.. widths.Select(_ => new double[count * widths.Max()])];
        (_stretches, _tangents, _zetas) = (Room(), Room(), Room());
    }
}
