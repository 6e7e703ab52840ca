using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.Matching;

/// <summary>
/// A short description of a structure that does not depend on cell, origin, order, orientation and volume, and moves little when atoms do:
/// for each pair of kinds, how many distances there are about each length, in units of (V/N)^(1/3). Structures whose fingerprints are far
/// apart are different; those that are near need a comparison.
/// </summary>
public sealed class StructureFingerprint
{
    private const double CutoffUnits = 3;
    private const double WidthUnits = 0.25;
    private const double StepUnits = 0.125;
    private const int Steps = (int)(CutoffUnits / StepUnits);

    private readonly float[] _values;

    private StructureFingerprint(float[] values) => _values = values;

    /// <summary>The fingerprint of a structure.</summary>
    public static StructureFingerprint Of(MatchableStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        int kinds = structure.Kinds.Length;
        float[] values = new float[kinds * (kinds + 1) / 2 * Steps];
        double unit = Math.Cbrt(Math.Abs(structure.Basis.Volume) / structure.Count);
        ReadOnlySpan<Fractional> positions = structure.Positions;
        Basis reciprocal = structure.Basis.Reciprocal;
        var reach = new Fractional(
            CutoffUnits * unit * reciprocal.A.Length, CutoffUnits * unit * reciprocal.B.Length, CutoffUnits * unit * reciprocal.C.Length);
        int pair = 0;
        for (int left = 0; left < kinds; left++)
        {
            for (int right = left; right < kinds; right++, pair++)
            {
                Span<float> curve = values.AsSpan(pair * Steps, Steps);
                for (int i = structure.Starts[left]; i < structure.Starts[left + 1]; i++)
                {
                    for (int j = structure.Starts[right]; j < structure.Starts[right + 1]; j++)
                        AddImages(curve, structure.Basis, (positions[j] - positions[i]).Nearest(), reach, unit);
                }

                float scale = (float)(1 / Math.Sqrt((double)structure.CountOf(left) * structure.CountOf(right)));
                foreach (ref float value in curve)
                    value *= scale;
            }
        }

        return new StructureFingerprint(values);
    }

    /// <summary>
    /// How far apart two fingerprints of one composition are: 0 for the same, about 1 for structures that have nothing in common.
    /// </summary>
    /// <exception cref="ArgumentException">The fingerprints belong to different numbers of kinds.</exception>
    public double DistanceTo(StructureFingerprint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_values.Length != other._values.Length)
            throw new ArgumentException("fingerprints of different numbers of kinds", nameof(other));
        double difference = 0, squares = 0, otherSquares = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            double gap = _values[i] - other._values[i];
            difference += gap * gap;
            squares += _values[i] * _values[i];
            otherSquares += other._values[i] * other._values[i];
        }

        return difference > 0 ? Math.Sqrt(difference / Math.Sqrt(squares * otherSquares)) : 0;
    }

    private static void AddImages(Span<float> curve, Basis basis, Fractional f, Fractional reach, double unit)
    {
        double cutoffSquared = CutoffUnits * CutoffUnits * unit * unit;
        for (int a = Low(f.X, reach.X); a <= High(f.X, reach.X); a++)
        {
            for (int b = Low(f.Y, reach.Y); b <= High(f.Y, reach.Y); b++)
            {
                for (int c = Low(f.Z, reach.Z); c <= High(f.Z, reach.Z); c++)
                {
                    double squared = basis.ToCartesian(new Fractional(f.X + a, f.Y + b, f.Z + c)).LengthSquared;
                    if (squared < cutoffSquared && squared > 0)
                        AddDistance(curve, Math.Sqrt(squared) / unit);
                }
            }
        }
    }

    private static int Low(double f, double reach) => (int)Math.Ceiling(-reach - f);

    private static int High(double f, double reach) => (int)Math.Floor(reach - f);

    // A parabola instead of a Gaussian; the weight falls as the number of neighbors grows, and to nothing at the cutoff.
    private static void AddDistance(Span<float> curve, double distance)
    {
        double weight = (1 - distance / CutoffUnits) / Math.Max(distance * distance, WidthUnits * WidthUnits);
        int first = Math.Max(0, (int)((distance - WidthUnits) / StepUnits));
        int last = Math.Min(Steps - 1, (int)((distance + WidthUnits) / StepUnits));
        for (int step = first; step <= last; step++)
        {
            double off = ((step + 0.5) * StepUnits - distance) / WidthUnits;
            if (Math.Abs(off) < 1)
                curve[step] += (float)(weight * (1 - off * off));
        }
    }
}
