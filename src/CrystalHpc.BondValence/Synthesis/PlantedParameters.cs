using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.OxidationStates;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>The true parameters of one pair in a synthetic corpus.</summary>
/// <param name="Key">Cation and anion.</param>
/// <param name="R0Angstrom">r0 of each population, Å: one number, or two where half of the compounds follow the second (spin
/// states).</param>
/// <param name="SoftnessAngstrom">B, Å.</param>
public sealed record PlantedPair(BondKey Key, IReadOnlyList<double> R0Angstrom, double SoftnessAngstrom);

/// <summary>True parameters drawn at random around what ionic radii say.</summary>
public static class PlantedParameters
{
    private const uint Stream = 0x50414952;
    private const double SmallestSoftnessAngstrom = 0.28;
    private const double LargestSoftnessAngstrom = 0.50;
    private const int HighestState = 7;

    // Oxygen as often as all halogens together, as in databases.
    private static readonly (Species Anion, double Share)[] Anions =
    [
        (new Species(Element.Of("O"), -2), 0.50), (new Species(Element.Of("F"), -1), 0.20), (new Species(Element.Of("Cl"), -1), 0.15),
        (new Species(Element.Of("Br"), -1), 0.08), (new Species(Element.Of("I"), -1), 0.07),
    ];

    /// <summary>
    /// Draws pairs of common cations with O, F, Cl, Br and I: r0 is the sum of radii that gives a bond of one valence unit plus a normal
    /// error,
    /// B is normal.
    /// </summary>
    /// <param name="seed">Seed.</param>
    /// <param name="count">Pairs wanted; fewer when there are not so many.</param>
    /// <param name="r0SpreadAngstrom">Standard deviation of r0 about the sum of radii, Å.</param>
    /// <param name="softnessMeanAngstrom">Mean of B, Å.</param>
    /// <param name="softnessSpreadAngstrom">Standard deviation of B, Å; values outside 0.28 to 0.50 Å are drawn again.</param>
    /// <param name="twoPopulationShare">Share of pairs with a second population.</param>
    /// <param name="populationShiftAngstrom">By how much r0 of the second population is larger, Å.</param>
    public static IReadOnlyList<PlantedPair> Draw(
        ulong seed, int count, double r0SpreadAngstrom, double softnessMeanAngstrom, double softnessSpreadAngstrom,
        double twoPopulationShare, double populationShiftAngstrom)
    {
        var candidates = new List<(double Order, PlantedPair Pair)>();
        ulong number = 0;
        foreach ((Species anion, double share) in Anions)
        {
            foreach (Species cation in Cations())
            {
                double sum = IonicRadii.UnitBondLengthAngstrom(cation, anion);
                if (double.IsNaN(sum))
                    continue;
                var random = new CounterRandom(seed, number++, Stream);
                double softness;
                do
                    softness = softnessMeanAngstrom + softnessSpreadAngstrom * random.NextNormal();
                while (softnessSpreadAngstrom > 0 && softness is < SmallestSoftnessAngstrom or > LargestSoftnessAngstrom);
                double r0 = sum + r0SpreadAngstrom * random.NextNormal();
                double order = random.NextExponential() / share;
                bool isDouble = random.NextUniform() < twoPopulationShare;
                candidates.Add((order, new PlantedPair(new BondKey(cation, anion), isDouble ? [r0, r0 + populationShiftAngstrom] : [r0],
                    softness)));
            }
        }

        return [.. candidates.OrderBy(candidate => candidate.Order).Take(count).Select(candidate => candidate.Pair)
            .OrderBy(pair => pair.Key)];
    }

    private static IEnumerable<Species> Cations()
    {
        for (byte number = 1; number <= 92; number++)
        {
            foreach (int state in CommonOxidationStates.Of(new Element(number)).ToArray().Where(state => state <= HighestState))
                yield return new Species(new Element(number), (sbyte)state);
        }
    }
}
