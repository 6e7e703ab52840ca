using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// Makes lattice and atoms exactly symmetric: the metric becomes its mean over the rotation parts, each atom goes to the mean of the places
/// to which the operations carry its equivalents.
/// </summary>
internal sealed class Standardization
{
    private readonly Fractional[] _translations = new Fractional[LatticeSymmetry.MaximumOrder];
    private Fractional[] _sums = [];
    private int[] _fixing = [];
    private int[] _orbit = [];

    /// <summary>For each atom of the primitive cell, the first of its orbit.</summary>
    public ReadOnlySpan<int> Orbit => _orbit;

    /// <summary>Symmetrizes the atoms of the primitive cell.</summary>
    public StandardizedAtoms Make(PrimitiveSearch cell, OperationSearch operations, SettingSearch search)
    {
        ReferenceSetting setting = search.Setting!;
        IntMatrix axes = search.Axes;
        // Exact operations: those of the setting, seen from the primitive basis.
        for (int i = 0; i < operations.Count; i++)
        {
            Fractional exact = axes * setting.Translations[search.OperationOf[i]];
            _translations[i] = exact - search.Shift + operations.Rotations[i] * search.Shift;
        }

        Average(cell, operations);
        Basis basis = Basis.Of(MeanMetric(cell.Basis.Metric, operations.Rotations).Transformed(axes));
        return new StandardizedAtoms(basis, ToConventional(cell, search), Assign(cell, operations, search, basis.Metric));
    }

    private static Metric MeanMetric(Metric metric, ReadOnlySpan<IntMatrix> rotations)
    {
        Metric sum = default;
        foreach (IntMatrix rotation in rotations)
            sum += metric.Transformed(rotation);
        return 1.0 / rotations.Length * sum;
    }

    private void Average(PrimitiveSearch cell, OperationSearch operations)
    {
        int atoms = cell.Count;
        if (_sums.Length < atoms)
            (_sums, _fixing, _orbit) = (new Fractional[atoms + atoms / 4], new int[atoms + atoms / 4], new int[atoms + atoms / 4]);
        Array.Clear(_sums, 0, atoms);
        Array.Clear(_fixing, 0, atoms);
        Array.Fill(_orbit, int.MaxValue, 0, atoms);
        for (int i = 0; i < operations.Count; i++)
        {
            IntMatrix rotation = operations.Rotations[i];
            Fractional translation = _translations[i];
            for (int atom = 0; atom < atoms; atom++)
            {
                int image = operations.ImageOf(i, atom);
                _sums[image] += (rotation * cell.Positions[atom] + translation - cell.Positions[image]).Nearest();
                _fixing[atom] += image == atom ? 1 : 0;
                _orbit[image] = Math.Min(_orbit[image], atom);
            }
        }

        double weight = 1.0 / operations.Count;
        for (int atom = 0; atom < atoms; atom++)
            _sums[atom] = cell.Positions[atom] + new Fractional(weight * _sums[atom].X, weight * _sums[atom].Y, weight * _sums[atom].Z);
    }

    // M⁻¹ (x + q), the inverse as adjugate by determinant.
    private Fractional[] ToConventional(PrimitiveSearch cell, SettingSearch search)
    {
        IntMatrix adjugate = search.Axes.Adjugate;
        double scale = 1.0 / search.Axes.Determinant;
        var positions = new Fractional[cell.Count];
        for (int atom = 0; atom < positions.Length; atom++)
        {
            Fractional f = adjugate * (_sums[atom] + search.Shift);
            positions[atom] = new Fractional(scale * f.X, scale * f.Y, scale * f.Z);
            _sums[atom] = positions[atom];
        }

        return positions;
    }

    // One atom of each orbit is looked up.
    private WyckoffPosition[] Assign(PrimitiveSearch cell, OperationSearch operations, SettingSearch search, Metric metric)
    {
        ReferenceSetting setting = search.Setting!;
        var wyckoff = new WyckoffPosition[cell.Count];
        for (int atom = 0; atom < wyckoff.Length; atom++)
        {
            int multiplicity = operations.Count / _fixing[atom] * setting.Centerings.Length;
            wyckoff[atom] = _orbit[atom] == atom
                ? WyckoffAssignment.Find(setting, metric, _sums[atom], multiplicity)
                : wyckoff[_orbit[atom]];
        }

        return wyckoff;
    }
}
