using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// Linear equations with integer coefficients for an origin, modulo the lattice: rows of (1 - W) q = d, brought to a triangle by whole
/// steps of Euclid's algorithm, under which a solution modulo 1 stays one (R. W. Grosse-Kunstleve, Acta Cryst. A55 (1999) 383, section 4).
/// </summary>
internal struct OriginSystem
{
    // Coarse, so that noise does not fail: the true test is a distance. Other groups differ by sixths at least.
    private const double LargestMisfit = 0.1;

    private Row _first;
    private Row _second;
    private Row _third;

    /// <summary>Adds the equations of one operation.</summary>
    /// <param name="rotation">W in the primitive basis.</param>
    /// <param name="shift">d, fractions of the primitive basis.</param>
    /// <returns>False when no origin satisfies them together with the earlier ones.</returns>
    public bool Add(IntMatrix rotation, Fractional shift) =>
        Add(new Row(1 - rotation.M11, -rotation.M12, -rotation.M13, shift.X))
        && Add(new Row(-rotation.M21, 1 - rotation.M22, -rotation.M23, shift.Y))
        && Add(new Row(-rotation.M31, -rotation.M32, 1 - rotation.M33, shift.Z));

    /// <summary>Lists all solutions modulo the lattice, with 0 where a coordinate is free.</summary>
    /// <returns>Their number, at most the length of <paramref name="solutions"/>.</returns>
    public readonly int Solve(Span<Fractional> solutions)
    {
        int found = 0;
        for (int k = 0; k < Math.Max(1, Math.Abs(_third.C)); k++)
        {
            double z = _third.C == 0 ? 0 : (_third.Shift + k) / _third.C;
            for (int j = 0; j < Math.Max(1, Math.Abs(_second.B)); j++)
            {
                double y = _second.B == 0 ? 0 : (_second.Shift + j - _second.C * z) / _second.B;
                for (int i = 0; i < Math.Max(1, Math.Abs(_first.A)) && found < solutions.Length; i++)
                {
                    double x = _first.A == 0 ? 0 : (_first.Shift + i - _first.B * y - _first.C * z) / _first.A;
                    solutions[found++] = new Fractional(x, y, z);
                }
            }
        }

        return found;
    }

    private bool Add(Row row)
    {
        // After each loop the pivot has the common divisor of the leading entries, and the row none.
        while (row.A != 0)
            (_first, row) = (row, _first.Minus(_first.A / row.A, row));
        while (row.B != 0)
            (_second, row) = (row, _second.Minus(_second.B / row.B, row));
        while (row.C != 0)
            (_third, row) = (row, _third.Minus(_third.C / row.C, row));
        return Math.Abs(row.Shift - Math.Round(row.Shift)) < LargestMisfit;
    }

    private readonly record struct Row(int A, int B, int C, double Shift)
    {
        public Row Minus(int times, Row other) =>
            new(A - times * other.A, B - times * other.B, C - times * other.C, Shift - times * other.Shift);
    }
}
