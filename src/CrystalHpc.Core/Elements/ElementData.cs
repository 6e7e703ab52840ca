using System.Globalization;

namespace CrystalHpc.Core.Elements;

/// <summary>
/// Tabulated properties of the elements: <c>Data/Elements.csv</c>, which names the source of each column. NaN where there is no value.
/// </summary>
public static class ElementData
{
    private static readonly Lazy<Row[]> Rows = new(Load);

    /// <summary>English name, lower case, such as <c>silicon</c>.</summary>
    public static string Name(Element element) => Rows.Value[element.AtomicNumber].Name;

    /// <summary>Group of the periodic table, 1 to 18; null for the f block, which is La to Yb and Ac to No.</summary>
    public static int? Group(Element element) => Rows.Value[element.AtomicNumber].Group;

    /// <summary>Period of the periodic table, 1 to 7.</summary>
    public static int Period(Element element) => Rows.Value[element.AtomicNumber].Period;

    /// <summary>Block of the periodic table: s, p, d or f.</summary>
    public static char Block(Element element) => Rows.Value[element.AtomicNumber].Block;

    /// <summary>Standard atomic weight, u; the mass of the longest-lived isotope where there is none.</summary>
    public static double AtomicWeight(Element element) => Rows.Value[element.AtomicNumber].AtomicWeight;

    /// <summary>Density of one atomic mass unit in a cubic angstrom, g/cm³ (CODATA 2018).</summary>
    public const double AtomicMassUnitPerCubicAngstrom = 1.66053906660;

    /// <summary>
    /// Covalent radius in Å (Cordero et al. 2008, doi 10.1039/b801115j; C sp3, high spin); 1.7 beyond curium, for which none is
    /// published.
    /// </summary>
    public static double CovalentRadiusAngstrom(Element element)
    {
        const double UnknownRadius = 1.7;
        double radius = PublishedCovalentRadiusAngstrom(element);
        return double.IsNaN(radius) ? UnknownRadius : radius;
    }

    /// <summary>The same; NaN beyond curium.</summary>
    public static double PublishedCovalentRadiusAngstrom(Element element) => Rows.Value[element.AtomicNumber].CovalentRadius;

    /// <summary>The smaller covalent radius of the same authors, Å: C sp2, low-spin Mn, Fe and Co; NaN for all other elements.</summary>
    public static double SmallerCovalentRadiusAngstrom(Element element) => Rows.Value[element.AtomicNumber].SmallerCovalentRadius;

    /// <summary>Covalent radius of single bonds in Å (Pyykkö and Atsumi 2009, doi 10.1002/chem.200800987).</summary>
    public static double PyykkoRadiusAngstrom(Element element) => Rows.Value[element.AtomicNumber].PyykkoRadius;

    /// <summary>Atomic radius in Å (Slater 1964, doi 10.1063/1.1725697, and later additions).</summary>
    public static double AtomicRadiusAngstrom(Element element) => Rows.Value[element.AtomicNumber].AtomicRadius;

    /// <summary>Van der Waals radius in Å (Alvarez 2013, doi 10.1039/c3dt50599e).</summary>
    public static double VanDerWaalsRadiusAngstrom(Element element) => Rows.Value[element.AtomicNumber].VanDerWaalsRadius;

    /// <summary>Electronegativity on Pauling's scale; NaN where none is published.</summary>
    public static double ElectronegativityPauling(Element element) => Rows.Value[element.AtomicNumber].ElectronegativityPauling;

    /// <summary>
    /// Electronegativity on Allen's scale, in units of Pauling's (Allen 1989, doi 10.1021/ja00207a003); NaN where none is published.
    /// </summary>
    public static double ElectronegativityAllen(Element element) => Rows.Value[element.AtomicNumber].ElectronegativityAllen;

    private static Row[] Load()
    {
        var rows = new Row[Element.Count + 1];
        foreach (string[] fields in EmbeddedTable.Read("Elements.Data.Elements.csv"))
        {
            rows[Whole(fields[0])] = new Row(
                fields[2], fields[3].Length == 0 ? null : Whole(fields[3]), Whole(fields[4]), fields[5][0], Number(fields[6]),
                Number(fields[7]),
                Number(fields[8]), Number(fields[9]), Number(fields[10]), Number(fields[11]), Number(fields[12]), Number(fields[13]));
        }

        return rows;
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);

    private readonly record struct Row(
        string Name,
        int? Group,
        int Period,
        char Block,
        double AtomicWeight,
        double CovalentRadius,
        double SmallerCovalentRadius,
        double PyykkoRadius,
        double AtomicRadius,
        double VanDerWaalsRadius,
        double ElectronegativityPauling,
        double ElectronegativityAllen);
}
