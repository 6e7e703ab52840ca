namespace CrystalHpc.Core.Elements;

/// <summary>A chemical element, by atomic number. Elements are compared as elements, never by the letters of their names.</summary>
/// <param name="AtomicNumber">1 (H) to 118 (Og).</param>
public readonly record struct Element(byte AtomicNumber) : IComparable<Element>
{
    /// <summary>Number of known elements.</summary>
    public const int Count = 118;

    private static readonly string[] Symbols =
    [
        "", "H", "He", "Li", "Be", "B", "C", "N", "O", "F", "Ne", "Na", "Mg", "Al", "Si", "P", "S", "Cl", "Ar", "K", "Ca", "Sc", "Ti", "V",
        "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Ga", "Ge", "As", "Se", "Br", "Kr", "Rb", "Sr", "Y", "Zr", "Nb", "Mo", "Tc", "Ru", "Rh",
        "Pd", "Ag", "Cd", "In", "Sn", "Sb", "Te", "I", "Xe", "Cs", "Ba", "La", "Ce", "Pr", "Nd", "Pm", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho",
        "Er", "Tm", "Yb", "Lu", "Hf", "Ta", "W", "Re", "Os", "Ir", "Pt", "Au", "Hg", "Tl", "Pb", "Bi", "Po", "At", "Rn", "Fr", "Ra", "Ac",
        "Th", "Pa", "U", "Np", "Pu", "Am", "Cm", "Bk", "Cf", "Es", "Fm", "Md", "No", "Lr", "Rf", "Db", "Sg", "Bh", "Hs", "Mt", "Ds", "Rg",
        "Cn", "Nh", "Fl", "Mc", "Lv", "Ts", "Og",
    ];

    private static readonly Dictionary<string, Element> BySymbol = Enumerable.Range(1, Count)
        .ToDictionary(z => Symbols[z], z => new Element((byte)z), StringComparer.OrdinalIgnoreCase);

    /// <summary>Symbol, such as <c>Si</c>.</summary>
    public string Symbol => Symbols[AtomicNumber];

    /// <summary>
    /// Finds an element by its exact symbol; letter case is ignored, <c>D</c> and <c>T</c> are hydrogen. False for anything else.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> symbol, out Element element)
    {
        if (symbol is "D" or "T")
            symbol = "H";
        return BySymbol.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(symbol, out element);
    }

    /// <summary>The element with this symbol.</summary>
    /// <exception cref="ArgumentException">No such element.</exception>
    public static Element Of(string symbol) =>
        TryParse(symbol, out Element element) ? element : throw new ArgumentException($"no element has the symbol '{symbol}'",
            nameof(symbol));

    /// <inheritdoc/>
    public int CompareTo(Element other) => AtomicNumber.CompareTo(other.AtomicNumber);

    /// <inheritdoc/>
    public override string ToString() => Symbol;

    /// <summary>Order by atomic number.</summary>
    public static bool operator <(Element left, Element right) => left.AtomicNumber < right.AtomicNumber;

    /// <summary>Order by atomic number.</summary>
    public static bool operator >(Element left, Element right) => left.AtomicNumber > right.AtomicNumber;

    /// <summary>Order by atomic number.</summary>
    public static bool operator <=(Element left, Element right) => left.AtomicNumber <= right.AtomicNumber;

    /// <summary>Order by atomic number.</summary>
    public static bool operator >=(Element left, Element right) => left.AtomicNumber >= right.AtomicNumber;
}
