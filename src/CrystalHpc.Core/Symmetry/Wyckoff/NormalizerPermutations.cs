using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// How the choice of axes and origin exchanges Wyckoff positions: a group looks the same from several of them, its normalizer leads from
/// one to another, and the letters of a structure follow (International Tables A, 3.5.3; E. Koch, W. Fischer, Acta Cryst. A31 (1975) 88).
/// </summary>
public static class NormalizerPermutations
{
    // Coordinates of the shifts tried: origins of equivalent descriptions differ by eighths, thirds and sixths; along c also by twelfths.
    private static readonly double[] AlongAB = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1 / 3.0, 2 / 3.0];
    private static readonly double[] AlongC = [.. Enumerable.Range(0, 24).Select(i => i / 24.0)];
    private static readonly double[] Halves = [0, 0.5];
    private static readonly Fractional Generic = new(0.1237913, 0.0771543, 0.1913311);
    private static readonly Lazy<IntMatrix[]> Matrices = new(() => [.. Unimodular()]);

    /// <summary>
    /// Each way in which letters are exchanged, once: the new letters in the order of the old ones, that of no change first.
    /// </summary>
    /// <param name="number">Number of the space group, 1 to 230.</param>
    public static IReadOnlyList<string> Of(int number)
    {
        ReferenceSetting setting = ReferenceSetting.Of(number);
        bool triclinic = number < 3;
        var found = new List<string>();
        foreach (IntMatrix turn in Matrices.Value)
        {
            if (!KeepsRotations(setting, turn))
                continue;
            foreach (double x in triclinic ? Halves : AlongAB)
            {
                foreach (double y in triclinic ? Halves : AlongAB)
                {
                    foreach (double z in triclinic ? Halves : AlongC)
                    {
                        var shift = new Fractional(x, y, z);
                        if (IsNormalizer(setting, turn, shift) && Letters(setting, turn, shift) is { } letters && !found.Contains(letters))
                            found.Add(letters);
                    }
                }
            }
        }

        return found;
    }

    // The identity first.
    private static List<IntMatrix> Unimodular()
    {
        Span<int> e = stackalloc int[9];
        var all = new List<IntMatrix> { IntMatrix.Identity };
        for (int code = 0; code < 19683; code++)
        {
            for (int i = 0, rest = code; i < 9; i++, rest /= 3)
                e[i] = rest % 3 - 1;
            var matrix = new IntMatrix(e[0], e[1], e[2], e[3], e[4], e[5], e[6], e[7], e[8]);
            if (matrix.Determinant == 1 && matrix != IntMatrix.Identity)
                all.Add(matrix);
        }

        return all;
    }

    private static bool KeepsRotations(ReferenceSetting setting, IntMatrix turn)
    {
        foreach (IntMatrix rotation in setting.Rotations)
        {
            if (setting.IndexOf(ReferenceSetting.Code(turn.Adjugate * rotation * turn)) < 0)
                return false;
        }

        return true;
    }

    // With x = R x' + t, each operation must become one of the group: R⁻¹ W R with R⁻¹ (W t + w - t).
    private static bool IsNormalizer(ReferenceSetting setting, IntMatrix turn, Fractional shift)
    {
        IntMatrix inverse = turn.Adjugate;
        foreach (Fractional centering in setting.Centerings)
        {
            if (!IsCentering(setting, inverse * centering))
                return false;
        }

        for (int i = 0; i < setting.Rotations.Length; i++)
        {
            int image = setting.IndexOf(ReferenceSetting.Code(inverse * setting.Rotations[i] * turn));
            Fractional translation = inverse * (setting.Rotations[i] * shift + setting.Translations[i] - shift);
            if (!IsCentering(setting, translation - setting.Translations[image]))
                return false;
        }

        return true;
    }

    private static bool IsCentering(ReferenceSetting setting, Fractional vector)
    {
        foreach (Fractional centering in setting.Centerings)
        {
            Fractional off = (vector - centering).Nearest();
            if (Math.Abs(off.X) + Math.Abs(off.Y) + Math.Abs(off.Z) < 1e-6)
                return true;
        }

        return false;
    }

    private static string Letters(ReferenceSetting setting, IntMatrix turn, Fractional shift)
    {
        IntMatrix inverse = turn.Adjugate;
        var metric = new Metric(1, 1, 1, 0, 0, setting.Group.Number is >= 143 and < 195 ? -0.5 : 0);
        return string.Concat(WyckoffPosition.Of(setting.Group.Number).Select(position =>
        {
            Fractional point = position.PointFor(Generic);
            return WyckoffAssignment.Find(setting, metric, inverse * (point - shift), position.Multiplicity).Letter;
        }));
    }
}
