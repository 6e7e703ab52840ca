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
    public void Forward(GraphBatch batch, Tensor<T> center, Tensor<T> neighbor, Tensor<T> shell, Tensor<T> sum)
    {
        (_, int atoms, int bonds, _) = batch.Counts;
        _gate.Resize(bonds, width);
        _core.Resize(bonds, width);
        _slope.Resize(bonds, width);
        sum.Resize(atoms, width);
        sum.Values.Clear();
        ReadOnlySpan<int> first = batch.FirstBond, neighbors = batch.Neighbor, shells = batch.Shell, multiplicity = batch.Multiplicity;
        for (int atom = 0; atom < atoms; atom++)
        {
            (int start, int length) = (first[atom] * width, (first[atom + 1] - first[atom]) * width);
            for (int bond = first[atom]; bond < first[atom + 1]; bond++)
            {
                ReadOnlySpan<Vector512<T>> p = Vectors(center, atom), q = Vectors(neighbor, neighbors[bond]), r =
                    Vectors(shell, shells[bond]);
                Span<Vector512<T>> gate = Vectors(_gate, bond), core = Vectors(_core, bond), slope = Vectors(_slope, bond);
                for (int v = 0; v < gate.Length; v++)
                {
                    gate[v] = p[v] + q[v] + r[v];
                    core[v] = slope[v] = p[gate.Length + v] + q[gate.Length + v] + r[gate.Length + v];
                }
            }

            VectorMath.Sigmoid(_gate.Values.Slice(start, length));
            VectorMath.Sigmoid(_slope.Values.Slice(start, length));
            VectorMath.Softplus(_core.Values.Slice(start, length));
            Span<Vector512<T>> total = Vectors(sum, atom);
            for (int bond = first[atom]; bond < first[atom + 1]; bond++)
            {
                Vector512<T> times = Vector512.Create(T.CreateChecked(multiplicity[bond]));
                ReadOnlySpan<Vector512<T>> gate = Vectors(_gate, bond), core = Vectors(_core, bond);
                for (int v = 0; v < total.Length; v++)
                    total[v] += times * (gate[v] * core[v]);
            }
        }
    }

    /// <summary>From the gradient with respect to the sums, those with respect to P, Q and R.</summary>
    public void Backward(GraphBatch batch, Tensor<T> sumGradient, Tensor<T> center, Tensor<T> neighbor, Tensor<T> shell)
    {
        (_, int atoms, _, int shellCount) = batch.Counts;
        Clear(center, atoms);
        Clear(neighbor, atoms);
        Clear(shell, shellCount);
        ReadOnlySpan<int> first = batch.FirstBond, neighbors = batch.Neighbor, shells = batch.Shell, multiplicity = batch.Multiplicity;
        for (int atom = 0; atom < atoms; atom++)
        {
            ReadOnlySpan<Vector512<T>> slopes = Vectors(sumGradient, atom);
            Span<Vector512<T>> p = Vectors(center, atom);
            for (int bond = first[atom]; bond < first[atom + 1]; bond++)
            {
                Vector512<T> times = Vector512.Create(T.CreateChecked(multiplicity[bond]));
                ReadOnlySpan<Vector512<T>> gate = Vectors(_gate, bond), core = Vectors(_core, bond), slope = Vectors(_slope, bond);
                Span<Vector512<T>> q = Vectors(neighbor, neighbors[bond]), r = Vectors(shell, shells[bond]);
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
