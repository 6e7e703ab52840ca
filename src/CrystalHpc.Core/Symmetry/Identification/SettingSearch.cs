using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// Finds the space group of operations in a primitive basis: the axes and the origin in which they are those of a reference setting
/// (R. W. Grosse-Kunstleve, Acta Cryst. A55 (1999) 383, doi 10.1107/S0108767398010186).
/// </summary>
internal sealed class SettingSearch
{
    private const int MaximumSolutions = 64;

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
    /// <param name="toleranceAngstrom">How far a translation may be from that of the setting, Å.</param>
    /// <returns>False when the operations are not those of a space group within the tolerance.</returns>
    public bool TryFind(ReadOnlySpan<IntMatrix> rotations, ReadOnlySpan<Fractional> translations, Basis basis, double toleranceAngstrom)
    {
        ReadOnlySpan<ReferenceSetting> settings = ReferenceSetting.WithCounts(RotationType.Counts(rotations));
        if (settings.IsEmpty)
            return false;
        int candidates = ConventionalAxes.Find(rotations, basis.Metric, _axes);
        for (int i = 0; i < candidates; i++)
        {
            if (!HasCodes(rotations, _axes[i]))
                continue;
            foreach (ReferenceSetting setting in settings)
            {
                if (IsMatch(setting, _axes[i]) && TryOrigin(setting, _axes[i], rotations, translations, basis, toleranceAngstrom))
                {
                    (Setting, Axes) = (setting, _axes[i]);
                    return true;
                }
            }
        }

        return false;
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
        quotient = new IntMatrix(m.M11 / by, m.M12 / by, m.M13 / by, m.M21 / by, m.M22 / by, m.M23 / by, m.M31 / by, m.M32 / by, m.M33 / by);
        return by == 1 || (m.M11 % by | m.M12 % by | m.M13 % by | m.M21 % by | m.M22 % by | m.M23 % by | m.M31 % by | m.M32 % by | m.M33 % by) == 0;
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
            Fractional misfit = (axes * setting.Translations[_operation[i]] - translations[i] - _solutions[0] + rotations[i] * _solutions[0])
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
            if (length < shortest - 1e-4)
                (Shift, shortest) = (shift, length);
        }

        return true;
    }
}
