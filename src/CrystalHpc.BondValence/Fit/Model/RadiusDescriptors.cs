using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.OxidationStates;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// What <see cref="RadiusRegression"/> knows of a pair: how far r0 is from that of ionic radii (Shannon 1976) may depend on the difference
/// of electronegativities, the charge and the row of the cation, and on who the partners are.
/// </summary>
internal sealed class RadiusDescriptors
{
    private const int Coefficients = 7;

    // Where no electronegativity is published, that of a typical metal.
    private const double UsualElectronegativity = 1.5;

    private readonly Dictionary<Element, int> _elements;
    private readonly Dictionary<Species, int> _cations, _anions;

    /// <summary>Numbers the elements, cations and anions of the keys.</summary>
    public RadiusDescriptors(IReadOnlyList<BondKey> keys)
    {
        _elements = Numbered(keys.Select(key => key.Cation.Element), Coefficients);
        _cations = Numbered(keys.Select(key => key.Cation), Coefficients + _elements.Count);
        _anions = Numbered(keys.Select(key => key.Anion), Coefficients + _elements.Count + _cations.Count);
    }

    /// <summary>Number of descriptors.</summary>
    public int Count => Coefficients + _elements.Count + _cations.Count + _anions.Count;

    /// <summary>
    /// r0 by radii alone, Å, from which the regression counts: ionic ones, covalent ones where one of those is not known.
    /// </summary>
    public static double Offset(BondKey key)
    {
        double ionic = IonicRadii.UnitBondLengthAngstrom(key.Cation, key.Anion);
        return double.IsNaN(ionic) ? ElementData.CovalentRadiusAngstrom(key.Cation.Element)
            + ElementData.CovalentRadiusAngstrom(key.Anion.Element) : ionic;
    }

    /// <summary>The descriptors of a pair, of order one; parts of elements and ions that are not among the keys are left out.</summary>
    public double[] Of(BondKey key)
    {
        double[] x = new double[Count];
        double difference = Electronegativity(key.Anion.Element) - Electronegativity(key.Cation.Element) - 1.5;
        x[0] = 1;
        x[1] = Offset(key) - 2;
        x[2] = difference;
        x[3] = difference * difference;
        x[4] = PortableMath.Log(Math.Max((int)key.Cation.Charge, 1)) - 1;
        x[5] = (ElementData.Period(key.Cation.Element) - 4) / 2.0;
        x[6] = double.IsNaN(IonicRadii.UnitBondLengthAngstrom(key.Cation, key.Anion)) ? 1 : 0;
        Set(x, _elements, key.Cation.Element);
        Set(x, _cations, key.Cation);
        Set(x, _anions, key.Anion);
        return x;
    }

    /// <summary>Standard deviation of what a descriptor is multiplied with.</summary>
    public double ScatterOf(int descriptor, double coefficient, double element, double cation, double anion) =>
        descriptor < Coefficients ? coefficient
        : descriptor < Coefficients + _elements.Count ? element
        : descriptor < Coefficients + _elements.Count + _cations.Count ? cation
        : anion;

    private static double Electronegativity(Element element) =>
        ElementData.ElectronegativityPauling(element) is var value && double.IsNaN(value) ? UsualElectronegativity : value;

    private static Dictionary<T, int> Numbered<T>(IEnumerable<T> items, int first) where T : notnull =>
        items.Distinct().Select((item, i) => (item, i)).ToDictionary(pair => pair.item, pair => first + pair.i);

    private static void Set<T>(double[] x, Dictionary<T, int> numbers, T item) where T : notnull
    {
        if (numbers.TryGetValue(item, out int place))
            x[place] = 1;
    }
}
