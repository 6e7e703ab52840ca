using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// Equations made from known parameters with errors of some hundredths of an ångström: 376 keys (94 cations, 4 anions), 3 to 9 bonds
/// each, frequent and rare keys, a fifth of the equations with two anions. The same in every run.
/// </summary>
internal static class MadeEquations
{
    private const int CationCount = 94;

    private static readonly Species[] Anions =
        [new(Element.Of("O"), -2), new(Element.Of("F"), -1), new(Element.Of("S"), -2), new(Element.Of("Cl"), -1)];

    private static readonly Species[] Cations =
        [.. Enumerable.Range(0, CationCount).Select(i => new Species(new Element((byte)(20 + i % 60)), (sbyte)(2 + i / 60)))];

    private static readonly BondKey[] SortedKeys = [.. Cations.SelectMany(cation => Anions.Select(anion => new BondKey(cation, anion)))
        .Order()];

    /// <summary>All keys, sorted.</summary>
    public static IReadOnlyList<BondKey> Keys => SortedKeys;

    /// <summary>Tables of some equations or bonds each, until there are enough.</summary>
    /// <param name="shards">Number of tables.</param>
    /// <param name="isFull">Says of the numbers of equations and bonds of a shard so far whether it is full.</param>
    public static EquationTable[] Make(int shards, Func<int, int, bool> isFull)
    {
        Random random = new(1);
        double[] planted = [.. Keys.Select(_ => 1.6 + 0.6 * random.NextDouble())];
        EquationTable[] tables = new EquationTable[shards];
        for (int shard = 0; shard < shards; shard++)
        {
            List<SiteEquation> equations = [];
            for (int bonds = 0; !isFull(equations.Count, bonds); bonds += equations[^1].Bonds.Count)
                equations.Add(Equation(random, planted, shard, equations.Count));
            tables[shard] = EquationTable.Build(equations, Keys, [.. equations.Select(_ => 1.0)]);
        }

        return tables;
    }

    private static SiteEquation Equation(Random random, double[] planted, int shard, int index)
    {
        Species cation = Cations[(int)(CationCount * Math.Pow(random.NextDouble(), 1.5))];
        Species main = Anions[(int)(Anions.Length * Math.Pow(random.NextDouble(), 1.5))];
        Species other = random.NextDouble() < 0.2 ? Anions[random.Next(Anions.Length)] : main;
        double[] shares = [.. Enumerable.Range(0, random.Next(3, 10)).Select(_ => 0.5 + random.NextDouble())];
        double total = shares.Sum();
        return new SiteEquation
        {
            StructureId = $"{shard}-{index}", SiteIndex = 0, SiteLabel = "M", Center = cation, Multiplicity = 1,
                GroupId = $"{shard}-{index}",
            Bonds = [.. shares.Select((share, i) => Bond(i % 3 == 2 ? other : main, share / total))],
        };

        EquationBond Bond(Species anion, double share)
        {
            double r0 = planted[Array.BinarySearch(SortedKeys, new BondKey(cation, anion))];
            double length = ExponentialLaw.Instance.Length(cation.Charge * share, r0, ExponentialLaw.UniversalSoftnessAngstrom);
            return new EquationBond(anion, length + 0.06 * (random.NextDouble() - 0.5));
        }
    }

}
