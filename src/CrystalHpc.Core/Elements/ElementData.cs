using System.Globalization;

namespace CrystalHpc.Core.Elements;

/// <summary>Tabulated properties of the elements: <c>Data/Elements.csv</c>, which names its sources.</summary>
public static class ElementData
{
    private static readonly Lazy<Row[]> Rows = new(Load);

    /// <summary>Covalent radius in Å (Cordero et al. 2008, doi 10.1039/b801115j); 1.7 beyond curium, for which none is published.</summary>
    public static double CovalentRadiusAngstrom(Element element) => Rows.Value[element.AtomicNumber].CovalentRadius;

    /// <summary>Electronegativity on Pauling's scale; NaN where none is published.</summary>
    public static double ElectronegativityPauling(Element element) => Rows.Value[element.AtomicNumber].Electronegativity;

    /// <summary>Standard atomic weight; the mass number of the longest-lived isotope where there is none.</summary>
    public static double AtomicWeight(Element element) => Rows.Value[element.AtomicNumber].AtomicWeight;

    private static Row[] Load()
    {
        const double UnknownRadius = 1.7;
        var rows = new Row[119];
        foreach (string[] fields in EmbeddedTable.Read("Elements.Data.Elements.csv"))
        {
            rows[int.Parse(fields[0], CultureInfo.InvariantCulture)] = new Row(
                Number(fields[2], UnknownRadius), Number(fields[3], double.NaN), Number(fields[4], double.NaN));
        }

        return rows;
    }

    private static double Number(string text, double missing) =>
        text.Length == 0 ? missing : double.Parse(text, CultureInfo.InvariantCulture);

    private readonly record struct Row(double CovalentRadius, double Electronegativity, double AtomicWeight);
}
