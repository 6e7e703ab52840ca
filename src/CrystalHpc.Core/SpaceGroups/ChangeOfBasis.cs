using System.Buffers;
using System.Globalization;

namespace CrystalHpc.Core.SpaceGroups;

/// <summary>
/// The change from the axes and origin of a symbol to others, as symbols carry it in parentheses: x' = V x + v. Three spellings:
/// <c>(0 0 1)</c>, the shift v in twelfths; <c>(x-y,x+y,z+1/4)</c>, the new coordinates; <c>(a-b,a+b,c)</c>, the new axes and origin in
/// terms of the old (Hall and Grosse-Kunstleve, International Tables B, A1.4.2.3).
/// </summary>
internal sealed class ChangeOfBasis
{
    private static readonly SearchValues<char> AxisLetters = SearchValues.Create("abcABC");

    // Rows of (V, v) and of its inverse, four numbers each.
    private readonly double[] _forward;
    private readonly double[] _inverse;

    private ChangeOfBasis(double[] forward, double[] inverse) => (_forward, _inverse) = (forward, inverse);

    /// <summary>Reads what stands between the parentheses.</summary>
    public static bool TryParse(string text, out ChangeOfBasis? change)
    {
        change = null;
        string[] rows = text.Split(',');
        double[] given = new double[12];
        bool newAxes = text.AsSpan().IndexOfAny(AxisLetters) >= 0;
        if (rows.Length == 3)
        {
            for (int i = 0; i < 3; i++)
            {
                if (!TryParseRow(rows[i], newAxes ? 'a' : 'x', given.AsSpan(4 * i, 4)))
                    return false;
            }
        }
        else if (!TryParseShift(text, given))
        {
            return false;
        }

        // New axes are columns, written as rows; they and the new origin are the inverse of the change of coordinates.
        if (newAxes)
            (given[1], given[2], given[4], given[6], given[8], given[9]) = (given[4], given[8], given[1], given[9], given[2], given[6]);
        if (Inverse(given) is not { } inverse)
            return false;
        change = newAxes ? new ChangeOfBasis(inverse, given) : new ChangeOfBasis(given, inverse);
        return true;
    }

    /// <summary>The group in the new axes; null when it has no integral matrices there.</summary>
    public SymmetryOperation[]? Apply(IReadOnlyList<SymmetryOperation> group)
    {
        var generators = new List<SymmetryOperation>(group.Count + 3);
        for (int axis = 0; axis < 3; axis++)
        {
            // The old lattice translations: with larger new axes they are centerings.
            generators.Add(SymmetryOperation.Identity with { T1 = _forward[axis], T2 = _forward[4 + axis], T3 = _forward[8 + axis] });
        }

        foreach (SymmetryOperation w in group)
        {
            double[] product = Multiply(_forward, Multiply(
                [w.W11, w.W12, w.W13, w.T1, w.W21, w.W22, w.W23, w.T2, w.W31, w.W32, w.W33, w.T3], _inverse));
            int[] matrix = new int[9];
            for (int i = 0; i < 9; i++)
            {
                double entry = product[i / 3 * 4 + i % 3];
                matrix[i] = (int)Math.Round(entry);
                if (Math.Abs(entry - matrix[i]) > 1e-6)
                    return null;
            }

            generators.Add(new SymmetryOperation(
                matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5], matrix[6], matrix[7], matrix[8],
                product[3], product[7], product[11]));
        }

        return OperationGroup.Generate(generators);
    }

    private static bool TryParseShift(string text, double[] rows)
    {
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 3)
            return false;
        for (int i = 0; i < 3; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int twelfths))
                return false;
            rows[5 * i] = 1;
            rows[4 * i + 3] = twelfths / 12.0;
        }

        return true;
    }

    // Terms such as -x, 1/2*y, z/2 and 1/4; the factors of the axes and the constant.
    private static bool TryParseRow(string text, char firstAxis, Span<double> row)
    {
        string spaced = text.Replace(" ", "", StringComparison.Ordinal).Replace("-", "+-", StringComparison.Ordinal);
        foreach (string term in spaced.Split('+', StringSplitOptions.RemoveEmptyEntries))
        {
            (double factor, int axis, bool digits, double divisor) = (1, 3, false, 1);
            foreach (string part in term.Replace("/", "*/", StringComparison.Ordinal).Split('*', StringSplitOptions.RemoveEmptyEntries))
            {
                string rest = part.TrimStart('-', '/');
                factor = part[0] == '-' ? -factor : factor;
                if (rest.Length > 0 && char.ToLowerInvariant(rest[^1]) - firstAxis is >= 0 and <= 2 and int letter)
                    (axis, rest) = (letter, rest[..^1]);
                if (rest.Length == 0)
                    continue;
                if (!double.TryParse(rest, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) || number == 0)
                    return false;
                digits = true;
                divisor *= part[0] == '/' ? number : 1;
                factor *= part[0] == '/' ? 1 : number;
            }

            if (axis == 3 && !digits)
                return false;
            row[axis] += factor / divisor;
        }

        return true;
    }

    private static double[]? Inverse(double[] m)
    {
        double[] cofactors =
        [
            m[5] * m[10] - m[6] * m[9], m[2] * m[9] - m[1] * m[10], m[1] * m[6] - m[2] * m[5],
            m[6] * m[8] - m[4] * m[10], m[0] * m[10] - m[2] * m[8], m[2] * m[4] - m[0] * m[6],
            m[4] * m[9] - m[5] * m[8], m[1] * m[8] - m[0] * m[9], m[0] * m[5] - m[1] * m[4],
        ];
        double determinant = m[0] * cofactors[0] + m[1] * cofactors[3] + m[2] * cofactors[6];
        if (!(Math.Abs(determinant) > 1e-3))
            return null;
        double[] inverse = new double[12];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                inverse[4 * i + j] = cofactors[3 * i + j] / determinant;
                inverse[4 * i + 3] -= inverse[4 * i + j] * m[4 * j + 3];
            }
        }

        return inverse;
    }

    private static double[] Multiply(double[] left, double[] right)
    {
        double[] product = new double[12];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                double sum = j == 3 ? left[4 * i + 3] : 0;
                for (int k = 0; k < 3; k++)
                    sum += left[4 * i + k] * right[4 * k + j];
                product[4 * i + j] = sum;
            }
        }

        return product;
    }
}
