using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Potentials.Model.Descriptors;

/// <summary>
/// Symmetry functions of one atom at a time, with derivatives: one instance a thread. Values and derivatives stand in the working order of
/// <see cref="CenterPlan"/>. Sums run over neighbors in the order of <see cref="AtomNeighborhood"/>, each lane on its own, so that the bits
/// are the same everywhere.
/// </summary>
/// <remarks>
/// Angular functions are summed over ordered pairs: for each neighbor j the sum over all others k gives the value and all that moves with
/// j. For each pair the exponentials are computed once, eight neighbors k at a time; then the powers, one a lane, are multiplied by them,
/// one k at a time, into sums that never leave the registers.
/// </remarks>
internal sealed class DescriptorKernel(FunctionSet set)
{
    private const int Lanes = CenterPlan.Lanes;

    private readonly AngularPairs _pairs = new();
    private double[] _values = [], _derivatives = [], _strain = [];
    private double[] _radialSlopes = [];
    private double[] _shells = [], _shellSlopes = [];
    private int _columns;

    /// <summary>How the functions of the last atom were computed.</summary>
    public CenterPlan Plan { get; private set; } = set.Plans[0];

    /// <summary>Values of the last atom, by place.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Plan.Width);

    /// <summary>Derivatives with respect to x, y and z of the atom of a slot, one direction after another, by place, 1/A.</summary>
    public ReadOnlySpan<double> DerivativesOf(int slot) => _derivatives.AsSpan(3 * slot * Plan.Width, 3 * Plan.Width);

    /// <summary>
    /// Derivatives with respect to the strains xx, yy, zz, yz, xz, xy, one after another, by place; each strain is symmetric.
    /// </summary>
    public ReadOnlySpan<double> Strain => _strain.AsSpan(0, 6 * Plan.Width);

    /// <summary>Computes the functions of an atom.</summary>
    /// <param name="neighborhood">Its neighbors.</param>
    /// <param name="derivatives">Derivatives are wanted, too.</param>
    public void Evaluate(AtomNeighborhood neighborhood, bool derivatives)
    {
        Plan = set.Plans[neighborhood.CenterElement];
        Clear(neighborhood, derivatives);
        Radial(neighborhood, derivatives);
        FillShells(neighborhood);
        foreach (AngularGroup group in Plan.Groups)
        {
            Angular(neighborhood, group, group.First, group.Second, derivatives, group.First == group.Second ? 0.5 : 1);
            if (group.First != group.Second && derivatives)
                Angular(neighborhood, group, group.Second, group.First, derivatives, 0);
        }

        if (derivatives)
            MoveCenter(neighborhood);
    }

    private void Clear(AtomNeighborhood neighborhood, bool derivatives)
    {
        int width = Plan.Width;
        if (_values.Length < width)
            (_values, _strain) = (new double[width], new double[6 * width]);
        _values.AsSpan(0, width).Clear();
        if (!derivatives)
            return;
        _strain.AsSpan(0, 6 * width).Clear();
        int size = 3 * neighborhood.SlotCount * width;
        if (_derivatives.Length < size)
            _derivatives = new double[size + size / 4];
        _derivatives.AsSpan(0, size).Clear();
    }

    private void Radial(AtomNeighborhood near, bool derivatives)
    {
        for (int element = 0; element < Plan.Radials.Length; element++)
        {
            RadialRow row = Plan.Radials[element];
            if (row.Shells.Length == 0 || near.Count[element] == 0)
                continue;
            int from = near.Start[element], to = near.Start[element + 1];
            int padded = (row.Shells.Length + Lanes - 1) / Lanes * Lanes;
            if (_radialSlopes.Length < (to - from) * padded)
                _radialSlopes = new double[2 * (to - from) * padded];
            for (int q = 0; q < row.Shells.Length; q++)
            {
                Shell shell = row.Shells[q];
                double factor = row.Factors[q];
                var sum = Vector512<double>.Zero;
                for (int k = from; k < to; k += Lanes)
                {
                    (Vector512<double> value, Vector512<double> slope) = At(shell, Load(near.R, k));
                    sum += value;
                    slope *= factor;
                    for (int lane = 0; derivatives && lane < Lanes; lane++)
                        _radialSlopes[(k - from + lane) * padded + q] = slope[lane];
                }

                _values[row.Place + q] = factor * Vector512.Sum(sum);
            }

            if (derivatives)
                Scatter(near, row.Place, padded, from);
        }
    }

    // Radial functions move along the line to the neighbor.
    private void Scatter(AtomNeighborhood near, int place, int padded, int from)
    {
        int element = 0;
        while (near.Start[element] != from || near.Count[element] == 0)
            element++;
        for (int k = from; k < from + near.Count[element]; k++)
        {
            double r = near.R[k];
            for (int q = 0; q < padded; q += Lanes)
            {
                Vector512<double> slope = Load(_radialSlopes, (k - from) * padded + q);
                AddDerivative(near, k, r, place + q, slope * near.X[k], slope * near.Y[k], slope * near.Z[k]);
            }
        }
    }

    // The exponentials of all neighbors, and their slopes.
    private void FillShells(AtomNeighborhood near)
    {
        _columns = near.Start[set.Elements.Count];
        int size = Plan.Shells.Length * _columns;
        if (_shells.Length < size)
            (_shells, _shellSlopes) = (new double[size + size / 4], new double[size + size / 4]);
        for (int q = 0; q < Plan.Shells.Length; q++)
        {
            for (int k = 0; k < _columns; k += Lanes)
            {
                (Vector512<double> value, Vector512<double> slope) = At(Plan.Shells[q], Load(near.R, k));
                Store(value, _shells, q * _columns + k);
                Store(slope, _shellSlopes, q * _columns + k);
            }
        }
    }

    private static (Vector512<double> Value, Vector512<double> Slope) At(Shell shell, Vector512<double> r)
    {
        Vector512<double> isInside = Vector512.LessThan(r, Vector512.Create(shell.Cutoff)), distance = r - Vector512.Create(shell.Shift);
        (Vector512<double> cutoff, Vector512<double> slope) = CosineCutoff.Of(r * r, 1 / (shell.Cutoff * shell.Cutoff));
        Vector512<double> exponential = AngularPairs.Exp(distance * distance * -shell.Eta) & isInside;
        return (exponential * cutoff, exponential * (slope * r - cutoff * distance * (2 * shell.Eta)));
    }

    // For each neighbor j of one element, the sums over all neighbors k of the other.
    private void Angular(AtomNeighborhood near, AngularGroup group, int ofJ, int ofK, bool derivatives, double share)
    {
        int from = near.Start[ofK], to = near.Start[ofK + 1];
        if (from == to)
            return;
        for (int j = near.Start[ofJ]; j < near.Start[ofJ] + near.Count[ofJ]; j++)
        {
            if (near.R[j] >= group.Cutoff || !_pairs.Collect(near, group, j, from, to))
                continue;
            foreach (AngularBlock block in group.Blocks)
            {
                _pairs.Raise(block, near.R[j]);
                for (int q = 0; q < block.Shells.Length; q++)
                {
                    int shell = block.Shells[q];
                    double own = _shells[shell * _columns + j], slope = _shellSlopes[shell * _columns + j];
                    PairSums sums = _pairs.Sum(Plan.Shells[shell], _shells.AsSpan(shell * _columns, _columns), group.IsNarrow, derivatives);
                    int place = block.Place + q * Lanes;
                    Store(Load(_values, place) + sums.Value * (share * own), _values, place);
                    if (!derivatives)
                        continue;
                    Vector512<double> along = sums.Value * slope + (sums.Along + sums.Radial * near.R[j]) * own;
                    AddDerivative(
                        near, j, near.R[j], place, along * near.X[j] + sums.X * own, along * near.Y[j] + sums.Y * own,
                            along * near.Z[j] + sums.Z * own);
                }
            }
        }
    }

    private void AddDerivative(AtomNeighborhood near, int neighbor, double r, int place, Vector512<double> x, Vector512<double> y,
        Vector512<double> z)
    {
        int width = Plan.Width, start = 3 * near.Slot[neighbor] * width + place;
        Add(x, _derivatives, start);
        Add(y, _derivatives, start + width);
        Add(z, _derivatives, start + 2 * width);
        double dx = r * near.X[neighbor], dy = r * near.Y[neighbor], dz = r * near.Z[neighbor];
        Add(x * dx, _strain, place);
        Add(y * dy, _strain, place + width);
        Add(z * dz, _strain, place + 2 * width);
        Add(y * dz, _strain, place + 3 * width);
        Add(x * dz, _strain, place + 4 * width);
        Add(x * dy, _strain, place + 5 * width);
    }

    // What the neighbors feel, the atom itself feels the other way.
    private void MoveCenter(AtomNeighborhood near)
    {
        int length = 3 * Plan.Width;
        for (int i = 0; i < length; i += Lanes)
        {
            var sum = Vector512<double>.Zero;
            for (int slot = 0; slot < near.SlotCount; slot++)
                sum += Load(_derivatives, slot * length + i);
            Add(-sum, _derivatives, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(double[] source, int index) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(source), (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> vector, double[] target, int index) =>
        vector.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(target), (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector512<double> vector, double[] target, int index) => Store(Load(target, index) + vector, target, index);
}
