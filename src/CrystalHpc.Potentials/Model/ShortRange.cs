using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Potentials.Model;

/// <summary>
/// The repulsion of atoms closer than any two in the training, where networks know nothing: the universal screened Coulomb repulsion of
/// nuclei (Ziegler, Biersack and Littmark 1985), switched on smoothly from the shortest distance of the training to eight tenths of it.
/// Within the range of the training it is exactly zero.
/// </summary>
public sealed class ShortRange
{
    private const double Coulomb = 14.3996454784, FullShare = 0.8;

    private static readonly (double Amplitude, double Rate)[] Screening = [(0.18175, 3.1998), (0.50986, 0.94229), (0.28022, 0.4029),
        (0.02817, 0.20162)];

    private readonly IReadOnlyList<Element> _elements;

    /// <summary>The repulsion of some elements.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="shortestAngstrom">Shortest distance of each pair of elements in the training, row by row, A; 0: no repulsion, or no
    /// such pair.</param>
    public ShortRange(IReadOnlyList<Element> elements, double[] shortestAngstrom) =>
        (_elements, ShortestAngstrom) = (elements, shortestAngstrom);

    /// <summary>Shortest distance of each pair of elements, row by row, A.</summary>
    public double[] ShortestAngstrom { get; }

    /// <summary>None at all.</summary>
    public static ShortRange None(IReadOnlyList<Element> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        return new ShortRange(elements, new double[elements.Count * elements.Count]);
    }

    /// <summary>Energy of a pair, eV, and its slope, eV/A.</summary>
    /// <param name="first">Number of one element.</param>
    /// <param name="second">Number of the other.</param>
    /// <param name="r">Distance, A.</param>
    public (double Energy, double Slope) At(int first, int second, double r)
    {
        double outer = ShortestAngstrom[first * _elements.Count + second], inner = FullShare * outer;
        if (r >= outer)
            return (0, 0);
        (double z1, double z2) = (_elements[first].AtomicNumber, _elements[second].AtomicNumber);
        double length = 0.8854 * 0.529177 / (Power(z1) + Power(z2)), value = 0, slope = 0;
        foreach ((double amplitude, double rate) in Screening)
        {
            double term = amplitude * PortableMath.Exp(-rate * r / length);
            value += term;
            slope -= rate / length * term;
        }

        double strength = Coulomb * z1 * z2 / r;
        (double energy, double energySlope) = (strength * value, strength * (slope - value / r));
        if (r <= inner)
            return (energy, energySlope);
        double t = (outer - r) / (outer - inner), share = t * t * t * (10 - 15 * t + 6 * t * t),
            shareSlope = -30 * t * t * (1 - t) * (1 - t) / (outer - inner);
        return (energy * share, energySlope * share + energy * shareSlope);
    }

    private static double Power(double z) => PortableMath.Exp(0.23 * PortableMath.Log(z));
}
