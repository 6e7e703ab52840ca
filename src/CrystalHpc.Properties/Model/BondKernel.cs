using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Properties.Model;

/// <summary>
/// The sum over bonds of a convolution, s_i = sum_j m_ij sigmoid(f_ij) softplus(c_ij), with (f, c)_ij = P_i + Q_j + R_ij in the first and
/// the second half of the columns. The width is a multiple of <see cref="Lanes"/>; each element is one chain of sums in the order of the
/// bonds.
/// </summary>
/// <param name="width">Columns of the sum.</param>
internal sealed class BondKernel<T>(int width) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Widths are multiples of this, for both precisions.</summary>
    public const int Lanes = 16;

    // Of each bond: sigmoid(f), softplus(c), and sigmoid(c), the slope of the latter.
    private readonly Tensor<T> _gate = new(), _core = new(), _slope = new();

    /// <summary>The sums.</summary>
    public void Forward(LinkBatch links, Tensor<T> center, Tensor<T> neighbor, Tensor<T> shell, Tensor<T> sum)
    {
        (int nodes, int count, _) = links.Counts;
        _gate.Resize(count, width);
        _core.Resize(count, width);
        _slope.Resize(count, width);
        sum.Resize(nodes, width);
        sum.Values.Clear();
        ReadOnlySpan<int> first = links.First, neighbors = links.Neighbor, shells = links.Shell;
        ReadOnlySpan<double> weight = links.Weight;
        for (int node = 0; node < nodes; node++)
        {
            (int start, int length) = (first[node] * width, (first[node + 1] - first[node]) * width);
            for (int link = first[node]; link < first[node + 1]; link++)
            {
                ReadOnlySpan<Vector512<T>> p = Vectors(center, node), q = Vectors(neighbor, neighbors[link]);
                ReadOnlySpan<Vector512<T>> r = Vectors(shell, shells[link]);
                Span<Vector512<T>> gate = Vectors(_gate, link), core = Vectors(_core, link), slope = Vectors(_slope, link);
                for (int v = 0; v < gate.Length; v++)
                {
                    gate[v] = p[v] + q[v] + r[v];
                    core[v] = slope[v] = p[gate.Length + v] + q[gate.Length + v] + r[gate.Length + v];
                }
            }

            VectorMath.Sigmoid(_gate.Values.Slice(start, length));
            VectorMath.Sigmoid(_slope.Values.Slice(start, length));
            VectorMath.Softplus(_core.Values.Slice(start, length));
            Span<Vector512<T>> total = Vectors(sum, node);
            for (int link = first[node]; link < first[node + 1]; link++)
            {
                Vector512<T> times = Vector512.Create(T.CreateChecked(weight[link]));
                ReadOnlySpan<Vector512<T>> gate = Vectors(_gate, link), core = Vectors(_core, link);
                for (int v = 0; v < total.Length; v++)
                    total[v] += times * (gate[v] * core[v]);
            }
        }
    }

    /// <summary>From the gradient with respect to the sums, those with respect to P, Q and R.</summary>
    public void Backward(LinkBatch links, Tensor<T> sumGradient, Tensor<T> center, Tensor<T> neighbor, Tensor<T> shell)
    {
        (int nodes, _, int shellCount) = links.Counts;
        Clear(center, nodes);
        Clear(neighbor, nodes);
        Clear(shell, shellCount);
        ReadOnlySpan<int> first = links.First, neighbors = links.Neighbor, shells = links.Shell;
        ReadOnlySpan<double> weight = links.Weight;
        for (int node = 0; node < nodes; node++)
        {
            ReadOnlySpan<Vector512<T>> slopes = Vectors(sumGradient, node);
            Span<Vector512<T>> p = Vectors(center, node);
            for (int link = first[node]; link < first[node + 1]; link++)
            {
                Vector512<T> times = Vector512.Create(T.CreateChecked(weight[link]));
                ReadOnlySpan<Vector512<T>> gate = Vectors(_gate, link), core = Vectors(_core, link), slope = Vectors(_slope, link);
                Span<Vector512<T>> q = Vectors(neighbor, neighbors[link]), r = Vectors(shell, shells[link]);
                for (int v = 0; v < gate.Length; v++)
                {
                    Vector512<T> through = times * slopes[v] * gate[v];
                    Vector512<T> ofGate = through * core[v] * (Vector512<T>.One - gate[v]), ofCore = through * slope[v];
                    p[v] += ofGate;
                    q[v] += ofGate;
                    r[v] += ofGate;
                    p[gate.Length + v] += ofCore;
                    q[gate.Length + v] += ofCore;
                    r[gate.Length + v] += ofCore;
                }
            }
        }
    }

    private void Clear(Tensor<T> tensor, int rows)
    {
        tensor.Resize(rows, 2 * width);
        tensor.Values.Clear();
    }

    private static Span<Vector512<T>> Vectors(Tensor<T> tensor, int row) => MemoryMarshal.Cast<T, Vector512<T>>(tensor.Row(row));
}
