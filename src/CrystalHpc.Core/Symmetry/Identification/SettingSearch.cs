using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// Finds the space group of operations in a primitive basis: the axes and the origin in which they are those of a reference setting
/// (R. W. Grosse-Kunstleve, Acta Cryst. A55 (1999) 383, doi 10.1107/S0108767398010186).
/// </summary>
internal sealed class SettingSearch
{
    private const int MaximumSolutions = 64;
    private const int FirstCubic = 195;
    private static readonly IntMatrix QuarterTurn = new(0, -1, 0, 1, 0, 0, 0, 0, 1);

    private readonly IntMatrix[] _axes = new IntMatrix[ConventionalAxes.MaximumCandidates];
    private readonly int[] _codes = new int[LatticeSymmetry.MaximumOrder];
    private readonly int[] _operation = new int[LatticeSymmetry.MaximumOrder];
    private readonly Fractional[] _solutions = new Fractional[MaximumSolutions];

    /// <summary>The reference setting that was found.</summary>
    public ReferenceSetting? Setting { get; private set; }

    /// <summary>Its axes as columns, in terms of the primitive basis.</summary>
    public IntMatrix Axes { get; private set; }

    /// <summary>What is added to fractions of the primitive basis so that they count from the origin of the setting.</summary>
    public Fractional Shift { get; private set; }

    /// <summary>For each operation, the operation of the setting that has its rotation part.</summary>
    public ReadOnlySpan<int> OperationOf => _operation;

    /// <summary>Finds the group.</summary>
    /// <param name="rotations">Rotation parts, each once.</param>
    /// <param name="translations">Their translations.</param>
    /// <param name="basis">The primitive basis, reduced.</param>
    /// <param name="given">The basis that the structure is given in: of equivalent axes those turned least from it are taken.</param>
    /// <param name="toleranceAngstrom">How far a translation may be from that of the setting, Å.</param>
    /// <returns>False when the operations are not those of a space group within the tolerance.</returns>
    public bool TryFind(
        ReadOnlySpan<IntMatrix> rotations, ReadOnlySpan<Fractional> translations, Basis basis, Basis given, double toleranceAngstrom)
    {
        ReadOnlySpan<ReferenceSetting> settings = ReferenceSetting.WithCounts(RotationType.Counts(rotations));
        if (settings.IsEmpty)
            return false;
        int candidates = ConventionalAxes.Find(rotations, basis.Metric, _axes);
        for (int i = 0; i < candidates; i++)
        {
            if (_axes[i].Determinant <= 0 || !HasCodes(rotations, _axes[i]))
                continue;
            foreach (ReferenceSetting setting in settings)
            {
                if (!IsMatch(setting, _axes[i]) || !TryOrigin(setting, _axes[i], rotations, translations, basis, toleranceAngstrom))
                    continue;
                (Setting, Axes) = (setting, _axes[i]);
                if (!TryPrimitiveCubic(rotations, translations, basis, given, toleranceAngstrom))
                    Turn(rotations, translations, basis, given, toleranceAngstrom);
                return true;
            }
        }

        return false;
    }

    // Several choices of cubic axes are equally near to a primitive cell of a centered lattice: the convention of CubicAxes decides.
    private bool TryPrimitiveCubic(
        ReadOnlySpan<IntMatrix> rotations, ReadOnlySpan<Fractional> translations, Basis basis, Basis given, double toleranceAngstrom)
    {
        bool isPrimitive = Math.Abs(given.Volume) < 1.5 * Math.Abs(basis.Volume);
        if (!isPrimitive || Setting!.Group.Number < FirstCubic || !CubicAxes.TryFind(rotations, basis, given, out IntMatrix axes))
            return false;
        // Groups without axes of order 4, such as Pa-3, have a second choice: turned by 90 degrees about c.
        foreach (IntMatrix turned in (ReadOnlySpan<IntMatrix>)[axes, axes * QuarterTurn])
        {
            if (!HasCodes(rotations, turned) || !IsMatch(Setting, turned)
                || !TryOrigin(Setting, turned, rotations, translations, basis, toleranceAngstrom))
                continue;
            Axes = turned;
            return true;
        }

        return false;
    }

    // Goes through the rotations of the crystal system, the one nearest to the given axes first, until the setting is the same.
    private void Turn(
        ReadOnlySpan<IntMatrix> rotations, ReadOnlySpan<Fractional> translations, Basis basis, Basis given, double toleranceAngstrom)
    {
        ReadOnlySpan<IntMatrix> turns = SystemRotations.Of(Setting!.Group.Number);
        Span<double> alignments = stackalloc double[turns.Length];
        Span<int> order = stackalloc int[turns.Length];
        Basis conventional = basis.Transformed(Axes);
        for (int i = 0; i < turns.Length; i++)
            (alignments[i], order[i]) = (-Alignment(conventional.Transformed(turns[i]), given), i);
        alignments.Sort(order);
        IntMatrix axes = Axes;
        foreach (int i in order)
        {
            IntMatrix turned = axes * turns[i];
            if (HasCodes(rotations, turned) && IsMatch(Setting, turned)
                && TryOrigin(Setting, turned, rotations, translations, basis, toleranceAngstrom))
            {
                Axes = turned;
                return;
            }
        }
    }

    // The cosines of the angles between axes of the same name, rounded so that noise does not decide; where they are equal, as in primitive
    // cells of cubic lattices, those with the axis before decide.
    private static double Alignment(Basis axes, Basis given)
    {
        double same = Cosine(axes.A, given.A) + Cosine(axes.B, given.B) + Cosine(axes.C, given.C);
        double before = Cosine(axes.A, given.C) + Cosine(axes.B, given.A) + Cosine(axes.C, given.B);
        return Math.Round(same, 3) + 1e-4 * Math.Round(before, 3);
    }

    private static double Cosine(Cartesian u, Cartesian v) => Cartesian.Dot(u, v) / Math.Sqrt(u.LengthSquared * v.LengthSquared);

    // Of equally near origins, along the conventional axes, the order is that of coordinates.
    private static bool IsBefore(Fractional left, Fractional right)
    {
        const double Rounding = 1e-2;
        Fractional d = left - right;
        return Math.Abs(d.X) > Rounding ? d.X > 0 : Math.Abs(d.Y) > Rounding ? d.Y > 0 : d.Z > Rounding;
    }

    // Rotation parts in the new axes: M⁻¹ W M.
    private bool HasCodes(ReadOnlySpan<IntMatrix> rotations, IntMatrix axes)
    {
        IntMatrix adjugate = axes.Adjugate;
        int determinant = axes.Determinant;
        for (int i = 0; i < rotations.Length; i++)
        {
            if (!TryDivide(adjugate * rotations[i] * axes, determinant, out IntMatrix turned))
                return false;
            _codes[i] = ReferenceSetting.Code(turned);
        }

        return true;
    }

    private static bool TryDivide(IntMatrix m, int by, out IntMatrix quotient)
    {
        quotient = new IntMatrix(m.M11 / by, m.M12 / by, m.M13 / by, m.M21 / by, m.M22 / by, m.M23 / by, m.M31 / by, m.M32 / by,
            m.M33 / by);
        return by == 1
            || (m.M11 % by | m.M12 % by | m.M13 % by | m.M21 % by | m.M22 % by | m.M23 % by | m.M31 % by | m.M32 % by | m.M33 % by) == 0;
    }

    private bool IsMatch(ReferenceSetting setting, IntMatrix axes)
    {
        if (setting.Centerings.Length != axes.Determinant)
            return false;
        for (int i = 1; i < setting.Centerings.Length; i++)
        {
            Fractional point = axes * setting.Centerings[i];
            Fractional off = point.Nearest();
            if (Math.Abs(off.X) + Math.Abs(off.Y) + Math.Abs(off.Z) > 1e-6)
                return false;
        }

        for (int i = 0; i < setting.Rotations.Length; i++)
        {
            _operation[i] = setting.IndexOf(_codes[i]);
            if (_operation[i] < 0)
                return false;
        }

        return true;
    }

    private bool TryOrigin(
        ReferenceSetting setting, IntMatrix axes, ReadOnlySpan<IntMatrix> rotations, ReadOnlySpan<Fractional> translations, Basis basis,
        double toleranceAngstrom)
    {
        var system = default(OriginSystem);
        for (int i = 0; i < rotations.Length; i++)
        {
            if (!system.Add(rotations[i], axes * setting.Translations[_operation[i]] - translations[i]))
                return false;
        }

        int count = system.Solve(_solutions);
        Fractional mean = default;
        IntMatrix sum = default;
        for (int i = 0; i < rotations.Length; i++)
        {
            Fractional misfit = (axes * setting.Translations[_operation[i]] - translations[i] - _solutions[0] + rotations[i]
                * _solutions[0])
                .Nearest();
            if (basis.ToCartesian(misfit).Length > toleranceAngstrom)
                return false;
            mean += misfit;
            sum += rotations[i];
        }

        // The mean of the misfits moves the origin to where their squares add up to least.
        double weight = 1.0 / rotations.Length;
        mean = new Fractional(weight * mean.X, weight * mean.Y, weight * mean.Z);
        double shortest = double.PositiveInfinity;
        for (int i = 0; i < count; i++)
        {
            // The nearest equivalent origin; along polar directions the origin stays where it is.
            Fractional shift = (_solutions[i] + mean).Nearest();
            Fractional free = sum * shift;
            shift -= new Fractional(weight * free.X, weight * free.Y, weight * free.Z);
            double length = basis.ToCartesian(shift).Length;
            if (length < shortest - 1e-3 || (length < shortest + 1e-3 && IsBefore(axes.Adjugate * shift, axes.Adjugate * Shift)))
                (Shift, shortest) = (shift, length);
        }

        return true;
    }
}
