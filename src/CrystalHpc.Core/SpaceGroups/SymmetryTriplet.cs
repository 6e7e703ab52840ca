using System.Globalization;
using System.Text;

namespace CrystalHpc.Core.SpaceGroups;

/// <summary>
/// Symmetry operations as coordinate triplets, such as <c>-x+1/2, y, x-y+0.25</c> (International Tables A, 1.4.2; CIF core dictionary,
/// <c>_space_group_symop_operation_xyz</c>).
/// </summary>
public static class SymmetryTriplet
{
    // Translations of crystallographic groups are multiples of 1/24 in every conventional setting; rounded decimals are completed to them.
    private const double Grid = 24;
    private const double GridTolerance = 0.0015;

    /// <summary>
    /// Reads a triplet: any order of terms, letter case, spaces, fractions and decimals. Translations are wrapped into [0, 1).
    /// </summary>
    /// <param name="text">The triplet, ASCII; enclosing quotes are ignored.</param>
    /// <param name="operation">The operation when the text is one.</param>
    /// <returns>False for anything but three integral combinations of x, y, z with translations, of determinant ±1.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out SymmetryOperation operation) =>
        TryParseAnyMatrix(text, out operation) && Math.Abs(operation.Determinant) == 1;

    /// <summary>
    /// Reads a triplet like <see cref="TryParse(ReadOnlySpan{byte}, out SymmetryOperation)"/>, but also one that is no symmetry operation,
    /// such as x,y,x.
    /// </summary>
    internal static bool TryParseAnyMatrix(ReadOnlySpan<byte> text, out SymmetryOperation operation)
    {
        operation = SymmetryOperation.Identity;
        Span<Row> rows = stackalloc Row[3];
        int at = 0;
        for (int i = 0; i < 3; i++)
        {
            if (!TryParseRow(text, ref at, out rows[i]) || (i < 2) != (at < text.Length))
                return false;
            at++;
        }

        operation = new SymmetryOperation(
            rows[0].X, rows[0].Y, rows[0].Z, rows[1].X, rows[1].Y, rows[1].Z, rows[2].X, rows[2].Y, rows[2].Z,
            rows[0].Translation, rows[1].Translation, rows[2].Translation);
        return true;
    }

    /// <summary>Reads a triplet from text.</summary>
    public static bool TryParse(string text, out SymmetryOperation operation) => TryParse(Encoding.UTF8.GetBytes(text), out operation);

    /// <summary>
    /// Writes an operation as a triplet that <see cref="TryParse(string, out SymmetryOperation)"/> reads back to an equal one.
    /// </summary>
    public static string Format(SymmetryOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var text = new StringBuilder(24);
        AppendRow(text, operation.W11, operation.W12, operation.W13, operation.T1);
        AppendRow(text.Append(','), operation.W21, operation.W22, operation.W23, operation.T2);
        AppendRow(text.Append(','), operation.W31, operation.W32, operation.W33, operation.T3);
        return text.ToString();
    }

    // Terms up to the next comma or the end: [sign] [number] [/ number] [* x]. Leaves 'at' on the comma or at the end.
    private static bool TryParseRow(ReadOnlySpan<byte> text, ref int at, out Row row)
    {
        (int x, int y, int z, double translation) = (0, 0, 0, 0);
        bool any = false;
        row = default;
        while (true)
        {
            SkipBlanks(text, ref at);
            if (at >= text.Length || text[at] == ',')
                break;
            int sign = 1;
            bool signed = false;
            while (at < text.Length && text[at] is (byte)'+' or (byte)'-')
            {
                if (signed)
                    return false;
                signed = true;
                sign = text[at++] == '-' ? -1 : 1;
                SkipBlanks(text, ref at);
            }

            if (any && !signed)
                return false;
            bool hasNumber = TryReadNumber(text, ref at, out double number);
            if (at < text.Length && text[at] == '*')
                at++;
            int axis = at < text.Length ? (text[at] | 0x20) - 'x' : -1;
            if (axis is >= 0 and <= 2)
            {
                if (hasNumber && (number != Math.Floor(number) || number > 3))
                    return false;
                int factor = sign * (hasNumber ? (int)number : 1);
                (x, y, z) = axis switch { 0 => (x + factor, y, z), 1 => (x, y + factor, z), _ => (x, y, z + factor) };
                at++;
            }
            else if (hasNumber)
            {
                translation += sign * number;
            }
            else
            {
                return false;
            }

            any = true;
        }

        row = new Row(x, y, z, ToGrid(translation));
        return any;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> text, ref int at, out double number)
    {
        if (!TryReadDecimal(text, ref at, out number))
            return false;
        SkipBlanks(text, ref at);
        if (at < text.Length && text[at] == '/')
        {
            at++;
            SkipBlanks(text, ref at);
            if (!TryReadDecimal(text, ref at, out double denominator) || denominator == 0)
                return false;
            number /= denominator;
            SkipBlanks(text, ref at);
        }

        return double.IsFinite(number);
    }

    private static bool TryReadDecimal(ReadOnlySpan<byte> text, ref int at, out double number)
    {
        int end = at;
        while (end < text.Length && text[end] is (>= (byte)'0' and <= (byte)'9') or (byte)'.')
            end++;
        bool read = double.TryParse(text[at..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
        at = end;
        return read;
    }

    private static void SkipBlanks(ReadOnlySpan<byte> text, ref int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\'' or (byte)'"')
            at++;
    }

    private static double ToGrid(double translation)
    {
        double wrapped = translation - Math.Floor(translation);
        double nearest = Math.Round(wrapped * Grid);
        if (Math.Abs(wrapped * Grid - nearest) < GridTolerance * Grid)
            wrapped = nearest / Grid;
        return wrapped < 1 ? wrapped : 0;
    }

    private static void AppendRow(StringBuilder text, int x, int y, int z, double translation)
    {
        int start = text.Length;
        AppendTerm(text, start, x, 'x');
        AppendTerm(text, start, y, 'y');
        AppendTerm(text, start, z, 'z');
        if (translation == 0)
            return;
        int numerator = (int)Math.Round(translation * Grid);
        if (numerator / Grid != translation)
        {
            text.Append('+').Append(translation.ToString("0.0################", CultureInfo.InvariantCulture));
            return;
        }

        int divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(numerator, (int)Grid);
        text.Append(CultureInfo.InvariantCulture, $"+{numerator / divisor}/{(int)Grid / divisor}");
    }

    private static void AppendTerm(StringBuilder text, int start, int factor, char axis)
    {
        if (factor == 0)
            return;
        if (factor < 0)
            text.Append('-');
        else if (text.Length > start)
            text.Append('+');
        if (Math.Abs(factor) != 1)
            text.Append(CultureInfo.InvariantCulture, $"{Math.Abs(factor)}");
        text.Append(axis);
    }

    private readonly record struct Row(int X, int Y, int Z, double Translation);
}
