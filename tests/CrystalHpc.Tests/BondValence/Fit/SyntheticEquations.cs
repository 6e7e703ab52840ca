using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Tests.BondValence.Fit;

/// <summary>
/// Equations made from known parameters, with noise, strain and dirt in stated amounts: what a fit must be able to recover.
/// </summary>
internal sealed class SyntheticEquations
{
    private static readonly string[] AnionSymbols = ["O", "F", "S", "Cl"];
    private readonly Random _random;

    public SyntheticEquations(int seed, int cationCount, int equationCount, double dirtFraction = 0, double grossFraction = 0)
    {
        _random = new Random(seed);
        Species[] anions = [.. AnionSymbols.Select((symbol, i) => new Species(Element.Of(symbol), (sbyte)(i % 2 == 0 ? -2 : -1)))];
        List<BondKey> keys = [];
        for (int cation = 0; cation < cationCount; cation++)
        {
            Species species = new(new Element((byte)(20 + cation % 60)), (sbyte)(1 + cation % 5));
            keys.AddRange(anions.Select(anion => new BondKey(species, anion)));
        }

        keys.Sort();
        Keys = keys;
        foreach (BondKey key in keys)
            Planted[key] = (1.4 + 1.0 * _random.NextDouble(), 0.37 + 0.03 * Normal());
        for (int i = 0; i < equationCount; i++)
            Equations.Add(Make(i, dirtFraction, grossFraction));
        Keys = EquationTable.KeysOf(Equations);
    }

    public IReadOnlyList<BondKey> Keys { get; }

    public Dictionary<BondKey, (double R0, double Softness)> Planted { get; } = [];

    public List<SiteEquation> Equations { get; } = [];

    /// <summary>Number of equations of each key.</summary>
    public Dictionary<BondKey, int> Counts => Equations
        .SelectMany(equation => equation.Bonds.Select(bond => new BondKey(equation.Center, bond.Neighbor)).Distinct())
        .CountBy(key => key).ToDictionary();

    /// <summary>Deals the equations onto a number of shards and builds their tables, all weights 1.</summary>
    public EquationTable[] Shards(int count) => [.. Enumerable.Range(0, count).Select(shard =>
    {
        SiteEquation[] part = [.. Equations.Where((_, i) => i % count == shard)];
        return EquationTable.Build(part, Keys, [.. part.Select(_ => 1.0)]);
    })];

    // Frequent and rare keys: the first of a cation's anions takes most of its sites, and low cations take most sites.
    private SiteEquation Make(int index, double dirtFraction, double grossFraction)
    {
        BondKey[] keys = [.. Planted.Keys];
        int cations = keys.Length / AnionSymbols.Length;
        int cation = (int)(cations * Math.Pow(_random.NextDouble(), 1.5));
        Species species = keys[cation * AnionSymbols.Length].Cation;
        BondKey Pick() => keys[cation * AnionSymbols.Length + (int)(AnionSymbols.Length * Math.Pow(_random.NextDouble(), 1.7))];
        BondKey main = Pick();
        BondKey other = _random.NextDouble() < 0.2 ? Pick() : main;

        int number = _random.Next(4, 10);
        double strain = Math.Exp(0.03 * Normal());
        double[] shares = [.. Enumerable.Range(0, number).Select(_ => Math.Exp(0.35 * Normal()))];
        double total = shares.Sum();
        List<EquationBond> bonds = [];
        for (int i = 0; i < number; i++)
        {
            BondKey key = i % 3 == 0 ? other : main;
            (double r0, double softness) = Planted[key];
            double valence = species.Charge * strain * shares[i] / total;
            bonds.Add(new EquationBond(key.Anion, ExponentialLaw.Instance.Length(valence, r0, softness) + 0.015 * Normal()));
        }

        bonds.Sort((left, right) => left.DistanceAngstrom.CompareTo(right.DistanceAngstrom));
        double dirt = _random.NextDouble();
        if (dirt < 0.5 * dirtFraction)
            bonds.RemoveAt(bonds.Count - 1);
        else if (dirt < 0.7 * dirtFraction)
            bonds.Add(bonds[^1] with { DistanceAngstrom = bonds[^1].DistanceAngstrom + 0.4 });
        else if (dirt < dirtFraction)
            bonds[0] = bonds[0] with { DistanceAngstrom = bonds[0].DistanceAngstrom + 0.25 };
        if (_random.NextDouble() < grossFraction)
            bonds[0] = bonds[0] with { DistanceAngstrom = bonds[0].DistanceAngstrom - 0.5 - 0.7 * _random.NextDouble() };
        return new SiteEquation
        {
            StructureId = $"s{index / 2}",
            SiteIndex = index % 2,
            SiteLabel = $"M{index % 2}",
            Center = species,
            Multiplicity = 1,
            GroupId = $"g{index / 2}",
            Bonds = bonds,
        };
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
