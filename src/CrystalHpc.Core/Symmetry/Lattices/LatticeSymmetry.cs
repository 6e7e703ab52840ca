using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// The point operations of a lattice: all integer matrices that carry a reduced basis into one of the same lengths and angles, within a
/// tolerance. In a reduced basis their entries are -1, 0 and 1 (R. W. Grosse-Kunstleve, N. K. Sauter, P. D. Adams, Acta Cryst. A60 (2004)
/// 1, doi 10.1107/S010876730302186X; the measure of angles is that of A. Togo, K. Shinohara, I. Tanaka, Sci. Technol. Adv. Mater. Methods 4
/// (2024) 2384822, doi 10.1080/27660400.2024.2384822).
/// </summary>
internal static class LatticeSymmetry
{
    /// <summary>The largest point group of a lattice: m-3m.</summary>
    public const int MaximumOrder = 48;

    private static readonly CellImage[] ShortVectors =
        [.. from a in Range from b in Range from c in Range where (a, b, c) != (0, 0, 0) select new CellImage(a, b, c)];

    private static IEnumerable<int> Range => [-1, 0, 1];

    /// <summary>Finds the operations.</summary>
    /// <param name="basis">A reduced basis.</param>
    /// <param name="tolerance">How far lengths and angles may differ.</param>
    /// <param name="operations">Receives the operations, at least <see cref="MaximumOrder"/> places; the identity is among them.</param>
    /// <returns>Their number; -1 when there are more than a point group has, so that the tolerance is too large for the lattice.</returns>
    public static int Find(Basis basis, SymmetryTolerance tolerance, Span<IntMatrix> operations)
    {
        Metric metric = basis.Metric;
        Span<double> lengths = [Math.Sqrt(metric.AA), Math.Sqrt(metric.BB), Math.Sqrt(metric.CC)];
        Span<int> candidates = stackalloc int[3 * 26];
        Span<int> counts = [0, 0, 0];
        Span<double> lengthOf = stackalloc double[26];
        for (int v = 0; v < ShortVectors.Length; v++)
        {
            lengthOf[v] = Math.Sqrt(metric.LengthSquared(ShortVectors[v]));
            for (int axis = 0; axis < 3; axis++)
            {
                if (Math.Abs(lengthOf[v] - lengths[axis]) < tolerance.Angstrom)
                    candidates[26 * axis + counts[axis]++] = v;
            }
        }

        int found = 0;
        for (int i = 0; i < counts[0]; i++)
        {
            int a = candidates[i];
            for (int j = 0; j < counts[1]; j++)
            {
                int b = candidates[26 + j];
                if (!IsSameAngle(a, b, metric.AB, lengths[0], lengths[1], lengthOf))
                    continue;
                for (int k = 0; k < counts[2]; k++)
                {
                    int c = candidates[52 + k];
                    var matrix = IntMatrix.FromColumns(ShortVectors[a], ShortVectors[b], ShortVectors[c]);
                    if (Math.Abs(matrix.Determinant) != 1
                        || !IsSameAngle(b, c, metric.BC, lengths[1], lengths[2], lengthOf)
                        || !IsSameAngle(a, c, metric.AC, lengths[0], lengths[2], lengthOf))
                        continue;
                    if (found == MaximumOrder)
                        return -1;
                    operations[found++] = matrix;
                }
            }
        }

        return found;

        bool IsSameAngle(int u, int v, double dot, double lengthU, double lengthV, ReadOnlySpan<double> lengthOf)
        {
            double cosine = Math.Clamp(dot / (lengthU * lengthV), -1, 1);
            double moved = Math.Clamp(metric.Dot(ShortVectors[u], ShortVectors[v]) / (lengthOf[u] * lengthOf[v]), -1, 1);
            if (tolerance.AngleDegrees is { } degrees)
                return Math.Abs(Math.Acos(cosine) - Math.Acos(moved)) <= degrees * (Math.PI / 180);
            // The sine of the difference times the mean lengths: how far the end of a vector moves.
            double sine = Math.Sqrt(1 - cosine * cosine) * moved - cosine * Math.Sqrt(1 - moved * moved);
            double meanSquared = 0.25 * (lengthU + lengthOf[u]) * (lengthV + lengthOf[v]);
            return sine * sine * meanSquared <= tolerance.Angstrom * tolerance.Angstrom;
        }
    }
}
