using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Crystals;

/// <summary>The numbers of <c>_atom_type_oxidation_number</c> by type symbol, as the file has them.</summary>
internal sealed class OxidationTable
{
    private readonly Dictionary<string, double> _bySymbol = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Element, double> _byElement = [];

    private OxidationTable()
    {
    }

    /// <summary>Reads the table; empty when the block has none.</summary>
    public static OxidationTable Read(CifBlock block)
    {
        var table = new OxidationTable();
        if (!block.TryGetColumn(CifNames.TypeSymbol, out CifColumn symbols)
            || !block.TryGetColumn(CifNames.TypeOxidationNumber, out CifColumn numbers)
            || symbols.Count != numbers.Count || symbols.LoopIndex != numbers.LoopIndex)
            return table;
        for (int row = 0; row < symbols.Count; row++)
        {
            if (symbols[row].IsMissing || !numbers[row].TryGetNumber(out CifNumber number))
                continue;
            string symbol = symbols[row].Text.Trim();
            table._bySymbol.TryAdd(symbol, number.Value);
            // Two types of one element (Fe2+, Fe3+): the element alone no longer tells the charge.
            if (SiteSymbol.TryParseType(symbol, out Element element) && !table._byElement.TryAdd(element, number.Value)
                && table._byElement[element] != number.Value)
                table._byElement[element] = double.NaN;
        }

        return table;
    }

    /// <summary>
    /// The number for a site of this type symbol, else that of its element where the table has just one; null when there is none.
    /// </summary>
    public double? ChargeOf(string typeSymbol, Element element)
    {
        if (typeSymbol.Length > 0 && _bySymbol.TryGetValue(typeSymbol, out double charge))
            return charge;
        return _byElement.TryGetValue(element, out charge) && double.IsFinite(charge) ? charge : null;
    }
}
