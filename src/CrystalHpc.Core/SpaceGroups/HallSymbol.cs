using System.Buffers;

namespace CrystalHpc.Core.SpaceGroups;

/// <summary>
/// Hall symbols: lattice, then one generator after another, then perhaps a change of basis (Hall 1981, Acta Cryst. A37, 517,
/// doi 10.1107/S0567739481001228; International Tables B, A1.4.2.3).
/// </summary>
public static class HallSymbol
{
    private static readonly SearchValues<char> AxisSymbols = SearchValues.Create("xyz'\"*");

    // Rotations about c; those about a and b follow by cyclic permutation.
    private static readonly int[] Onefold = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    private static readonly int[] Twofold = [-1, 0, 0, 0, -1, 0, 0, 0, 1];
    private static readonly int[] Threefold = [0, -1, 0, 1, -1, 0, 0, 0, 1];
    private static readonly int[] Fourfold = [0, -1, 0, 1, 0, 0, 0, 0, 1];
    private static readonly int[] Sixfold = [1, -1, 0, 1, 0, 0, 0, 0, 1];
    private static readonly int[] TwofoldDifference = [0, -1, 0, -1, 0, 0, 0, 0, -1];
    private static readonly int[] TwofoldSum = [0, 1, 0, 1, 0, 0, 0, 0, -1];
    private static readonly int[] ThreefoldDiagonal = [0, 0, 1, 1, 0, 0, 0, 1, 0];

    /// <summary>All operations that a symbol stands for, the identity first, translations multiples of 1/24.</summary>
    /// <param name="symbol">The symbol; blanks or underscores between its parts.</param>
    /// <param name="operations">The group, empty when the text is no Hall symbol.</param>
    public static bool TryParse(string symbol, out IReadOnlyList<SymmetryOperation> operations)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        operations = [];
        string text = symbol.Replace('_', ' ').Replace("''", "\"", StringComparison.Ordinal).Trim();
        string basis = "";
        int open = text.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0)
        {
            if (!text.EndsWith(')'))
                return false;
            (basis, text) = (text[(open + 1)..^1], text[..open]);
        }

        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || Generators(parts) is not { } generators || OperationGroup.Generate(generators) is not { } group)
            return false;
        if (basis.Length > 0)
        {
            if (!ChangeOfBasis.TryParse(basis, out ChangeOfBasis? change) || change!.Apply(group) is not { } changed)
                return false;
            group = changed;
        }

        operations = group;
        return true;
    }

    private static List<SymmetryOperation>? Generators(string[] parts)
    {
        bool centrosymmetric = parts[0][0] == '-';
        string lattice = parts[0].TrimStart('-');
        if (lattice.Length != 1 || Centerings(char.ToUpperInvariant(lattice[0])) is not { } generators)
            return null;
        if (centrosymmetric)
            generators.Add(Operation(Onefold, -1, default));
        (int order, char axis) previous = (0, 'z');
        for (int i = 1; i < parts.Length; i++)
        {
            if (!TryParseGenerator(parts[i].ToLowerInvariant(), i, ref previous, out SymmetryOperation? generator))
                return null;
            generators.Add(generator!);
        }

        return generators;
    }

    // One generator: sign, order, axis, translations. Where the axis is left out, position and preceding rotation tell it.
    private static bool TryParseGenerator(string part, int position, ref (int Order, char Axis) previous, out SymmetryOperation? generator)
    {
        generator = null;
        int sign = part[0] == '-' ? -1 : 1;
        string rest = part.TrimStart('-');
        if (rest.Length == 0 || rest[0] is not ('1' or '2' or '3' or '4' or '6'))
            return false;
        int order = rest[0] - '0';
        rest = rest[1..];
        char axis = position switch
        {
            1 => 'z',
            2 when order == 2 => previous.Order is 3 or 6 ? '\'' : 'x',
            3 when order == 3 => '*',
            _ => 'z',
        };
        // The old spelling puts the axis behind the screw, as in 21y.
        int place = rest.AsSpan().IndexOfAny(AxisSymbols);
        if (place >= 0)
            (axis, rest) = (rest[place], rest.Remove(place, 1));

        Span<double> shift = stackalloc double[3];
        foreach (char letter in rest)
        {
            if (!TryAddTranslation(letter, order, axis, shift))
                return false;
        }

        int[]? matrix = (axis, order) switch
        {
            ('*', 3) => ThreefoldDiagonal,
            ('\'', 2) => Turned(TwofoldDifference, previous.Axis),
            ('"', 2) => Turned(TwofoldSum, previous.Axis),
            ('x' or 'y' or 'z', _)
            => Turned(order switch { 1 => Onefold, 2 => Twofold, 3 => Threefold, 4 => Fourfold, _ => Sixfold }, axis),
            _ => null,
        };
        if (matrix is null)
            return false;
        if (order > 1)
            previous = (order, axis is 'x' or 'y' or 'z' ? axis : previous.Axis);
        generator = Operation(matrix, sign, (shift[0], shift[1], shift[2]));
        return true;
    }

    private static bool TryAddTranslation(char letter, int order, char axis, Span<double> shift)
    {
        if (letter is >= '1' and <= '5')
        {
            if (letter - '0' >= order || axis is not ('x' or 'y' or 'z'))
                return false;
            shift[axis - 'x'] += (letter - '0') / (double)order;
            return true;
        }

        (double x, double y, double z) = letter switch
        {
            'a' => (0.5, 0, 0),
            'b' => (0, 0.5, 0),
            'c' => (0, 0, 0.5),
            'n' => (0.5, 0.5, 0.5),
            'u' => (0.25, 0, 0),
            'v' => (0, 0.25, 0),
            'w' => (0, 0, 0.25),
            'd' => (0.25, 0.25, 0.25),
            _ => (0.0, 0.0, 0.0),
        };
        shift[0] += x;
        shift[1] += y;
        shift[2] += z;
        return x + y + z > 0;
    }

    private static List<SymmetryOperation>? Centerings(char lattice) => lattice switch
    {
        'P' => [],
        'A' => [Translation(0, 0.5, 0.5)],
        'B' => [Translation(0.5, 0, 0.5)],
        'C' => [Translation(0.5, 0.5, 0)],
        'I' => [Translation(0.5, 0.5, 0.5)],
        'F' => [Translation(0, 0.5, 0.5), Translation(0.5, 0, 0.5)],
        'R' => [Translation(2 / 3.0, 1 / 3.0, 1 / 3.0)],
        'S' => [Translation(1 / 3.0, 1 / 3.0, 2 / 3.0)],
        'T' => [Translation(1 / 3.0, 2 / 3.0, 1 / 3.0)],
        'H' => [Translation(2 / 3.0, 1 / 3.0, 0)],
        _ => null,
    };

    private static SymmetryOperation Translation(double x, double y, double z) => Operation(Onefold, 1, (x, y, z));

    private static SymmetryOperation Operation(int[] m, int sign, (double X, double Y, double Z) shift) => new(
        sign * m[0], sign * m[1], sign * m[2], sign * m[3], sign * m[4], sign * m[5], sign * m[6], sign * m[7], sign * m[8],
        shift.X, shift.Y, shift.Z);

    private static int[] Turned(int[] aboutC, char axis)
    {
        int step = axis switch { 'x' => 1, 'y' => 2, _ => 0 };
        int[] turned = new int[9];
        for (int i = 0; i < 9; i++)
            turned[(i / 3 + step) % 3 * 3 + (i % 3 + step) % 3] = aboutC[i];
        return turned;
    }
}
