using System.Globalization;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Coordination;

/// <summary>
/// Radii that definitions of coordination compare distances with. Sources are named at the head of <c>Data/IonicRadii.csv</c> and
/// <c>Data/JmolRadii.csv</c>; they are kept apart from <see cref="ElementData"/> because the published results depend on just these values.
/// </summary>
public static class CoordinationRadii
{
    private const int Elements = Element.Count + 1;
    private const int LargestState = 9;

    private static readonly Element Carbon = Element.Of("C");

    private static readonly Lazy<double[,]> Ionic = new(ReadIonicRadii);
    private static readonly Lazy<(double Cationic, double Anionic)[]> Averages = new(AverageRadii);
    private static readonly Lazy<double[]> Jmol = new(ReadJmolRadii);

    /// <summary>
    /// Covalent radius as CrystalNN has it (C sp2; the mean of low and high spin for Mn, Fe and Co), Å; NaN when none is tabulated.
    /// </summary>
    public static double NeutralRadius(Element element)
    {
        double radius = ElementData.PublishedCovalentRadiusAngstrom(element), smaller = ElementData.SmallerCovalentRadiusAngstrom(element);
        return double.IsNaN(smaller) ? radius : element == Carbon ? smaller : (smaller + radius) / 2;
    }

    /// <summary>Bonding radius of Jmol, Å; NaN when none is tabulated.</summary>
    public static double JmolRadius(Element element) => Jmol.Value[element.AtomicNumber];

    /// <summary>
    /// Radius of an ion, Å: as tabulated for its oxidation state; between two tabulated states next to each other, linear; else the
    /// mean over the tabulated states of the same sign; for a neutral atom its <see cref="NeutralRadius"/>. NaN when there is none.
    /// </summary>
    public static double IonicRadius(Element element, double charge)
    {
        if (charge == 0)
            return NeutralRadius(element);
        double low = Math.Floor(charge), high = Math.Ceiling(charge);
        double radius = Tabulated(element, low) + (charge - low) * (Tabulated(element, high) - Tabulated(element, low));
        if (!double.IsNaN(radius))
            return radius;
        (double cationic, double anionic) = Averages.Value[element.AtomicNumber];
        return charge > 0 ? cationic : anionic;
    }

    private static double Tabulated(Element element, double state) =>
        Math.Abs(state) <= LargestState ? Ionic.Value[element.AtomicNumber, (int)state + LargestState] : double.NaN;

    private static double[,] ReadIonicRadii()
    {
        var radii = new double[Elements, 2 * LargestState + 1];
        for (int z = 0; z < Elements; z++)
        {
            for (int state = 0; state <= 2 * LargestState; state++)
                radii[z, state] = double.NaN;
        }

        foreach (string[] row in EmbeddedTable.Read("Coordination.Data.IonicRadii.csv"))
            radii[Element.Of(row[0]).AtomicNumber, int.Parse(row[1], CultureInfo.InvariantCulture) + LargestState] = Number(row[2]);
        return radii;
    }

    private static (double Cationic, double Anionic)[] AverageRadii()
    {
        var averages = new (double, double)[Elements];
        for (int z = 0; z < Elements; z++)
            averages[z] = (Average(z, LargestState + 1, 2 * LargestState), Average(z, 0, LargestState - 1));
        return averages;

        static double Average(int z, int first, int last)
        {
            double sum = 0;
            int count = 0;
            for (int state = first; state <= last; state++)
            {
                if (double.IsNaN(Ionic.Value[z, state]))
                    continue;
                sum += Ionic.Value[z, state];
                count++;
            }

            return count == 0 ? double.NaN : sum / count;
        }
    }

    private static double[] ReadJmolRadii()
    {
        var radii = new double[Elements];
        Array.Fill(radii, double.NaN);
        foreach (string[] row in EmbeddedTable.Read("Coordination.Data.JmolRadii.csv"))
            radii[Element.Of(row[0]).AtomicNumber] = Number(row[1]);
        return radii;
    }

    private static double Number(string text) => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
