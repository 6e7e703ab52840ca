using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Formulas;

/// <summary>Symbols of elements by their letters, and what formulas need to know of an element.</summary>
internal static class SymbolTable
{
    private const int Seconds = 27;

    private static readonly byte[] Numbers = Index();
    private static readonly bool[] Ends = Mark("H", "C", "N", "O", "F", "P", "S", "Cl", "As", "Se", "Br", "Te", "I");

    /// <summary>One atom of the element with a symbol; D and T are isotopes of hydrogen.</summary>
    /// <param name="first">Capital, A to Z.</param>
    /// <param name="second">Small letter, or NUL.</param>
    /// <param name="atom">The atom.</param>
    public static bool TryFind(char first, char second, out FormulaTerm atom)
    {
        int massNumber = second != '\0' ? 0 : first == 'D' ? 2 : first == 'T' ? 3 : 0;
        byte number = massNumber != 0 ? (byte)1 : Numbers[Place(first, second)];
        atom = new FormulaTerm(new Element(number), massNumber, Rational.One);
        return number != 0;
    }

    /// <summary>True for letters that stand for amounts.</summary>
    public static bool IsVariable(char letter)
        => letter is 'x' or 'y' or 'z' or 'n' or 'm' or 'w' or 'k' or 'q' or 'p' or 'v' or 'u' or 'd';

    /// <summary>True for numbers of nucleons that the element can have, loosely.</summary>
    public static bool IsMassNumber(int massNumber, Element element) =>
        massNumber >= element.AtomicNumber && massNumber <= Math.Max(3, 3 * element.AtomicNumber + 1);

    /// <summary>True for elements that formulas of compounds end with: after one, a period can separate parts.</summary>
    public static bool EndsCompounds(Element element) => Ends[element.AtomicNumber];

    private static int Place(char first, char second) => (first - 'A') * Seconds + (second == '\0' ? 0 : second - 'a' + 1);

    private static byte[] Index()
    {
        var numbers = new byte[26 * Seconds];
        for (byte number = 1; number <= Element.Count; number++)
        {
            string symbol = new Element(number).Symbol;
            numbers[Place(symbol[0], symbol.Length > 1 ? symbol[1] : '\0')] = number;
        }

        return numbers;
    }

    private static bool[] Mark(params string[] symbols)
    {
        var marks = new bool[Element.Count + 1];
        foreach (string symbol in symbols)
            marks[Element.Of(symbol).AtomicNumber] = true;
        return marks;
    }
}
