using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Core.BondValence;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Benchmarks;

/// <summary>Time of one evaluation of the fit's function and gradient, per bond, on one core.</summary>
internal static class FitEvaluation
{
    private const int BondsPerShard = 31_250;

    /// <summary>Runs on two million bonds, or on the number given, in shards of some 31,000.</summary>
    public static void Run(string[] args)
    {
        int bondCount = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2_000_000;
        (IReadOnlyList<BondKey> keys, List<EquationTable> tables) = MakeTables(bondCount);
        FitOptions options = FitOptions.Default;
        FitShard[] shards = [.. tables.Select(table => new FitShard(table))];
        double[] lengths = [.. keys.Select(_ => 2.2)];
        foreach (FitShard shard in shards)
            shard.SetMeanLengths(lengths);
        int bonds = tables.Sum(table => table.BondCount);
        BondValenceObjective objective = new(options, keys.Count, shards, new FitPriors(options, keys.Count), bonds, static _ => { });
        double[] point = new double[objective.ParameterCount], gradient = new double[objective.ParameterCount];
        for (int key = 0; key < keys.Count; key++)
            (point[2 * key], point[2 * key + 1]) = (-0.7, Math.Log(0.37));

        double best = double.PositiveInfinity;
        for (int round = 0; round < 60; round++)
        {
            point[0] += 1e-6;
            long start = Stopwatch.GetTimestamp();
            objective.Evaluate(point, gradient);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        // The plain exponential of the platform alone, for comparison.
        double[] exponents = new double[bonds];
        double bestExp = double.PositiveInfinity, bestOwn = double.PositiveInfinity;
        for (int round = 0; round < 5; round++)
        {
            for (int i = 0; i < bonds; i++)
                exponents[i] = -5 + 1e-6 * i;
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < bonds; i++)
                exponents[i] = Math.Exp(exponents[i]);
            bestExp = Math.Min(bestExp, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            for (int i = 0; i < bonds; i++)
                exponents[i] = -5 + 1e-6 * i;
            start = Stopwatch.GetTimestamp();
            PortableMath.Exp(exponents.AsSpan());
            bestOwn = Math.Min(bestOwn, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"fit evaluation: {bonds} bonds, {keys.Count} keys, {shards.Length} shards: {best / bonds:f2} ns per bond ({best / 1e6:f2} ms); exponential alone {bestOwn / bonds:f2}, of the platform {bestExp / bonds:f2} ns"));
    }

    private static (IReadOnlyList<BondKey> Keys, List<EquationTable> Tables) MakeTables(int bondCount)
    {
        Random random = new(1);
        Species[] cations = [.. Enumerable.Range(20, 60).SelectMany(z => Enumerable.Range(1, 3).Select(charge => new Species(new Element((byte)z), (sbyte)(charge + 1))))];
        Species[] anions = [new(Element.Of("O"), -2), new(Element.Of("F"), -1), new(Element.Of("S"), -2), new(Element.Of("Cl"), -1), new(Element.Of("N"), -3)];
        BondKey[] keys = [.. cations.SelectMany(cation => anions.Select(anion => new BondKey(cation, anion))).Order()];
        List<EquationTable> tables = [];
        for (int remaining = bondCount; remaining > 0;)
        {
            List<SiteEquation> equations = [];
            for (int bonds = 0; bonds < Math.Min(BondsPerShard, bondCount);)
            {
                Species cation = cations[(int)(cations.Length * Math.Pow(random.NextDouble(), 2))];
                Species main = anions[(int)(anions.Length * Math.Pow(random.NextDouble(), 2))];
                Species other = random.NextDouble() < 0.2 ? anions[random.Next(anions.Length)] : main;
                EquationBond[] list = [.. Enumerable.Range(0, random.Next(3, 10)).Select(i => new EquationBond(i % 3 == 2 ? other : main, 1.8 + random.NextDouble()))];
                equations.Add(new SiteEquation
                {
                    StructureId = "s",
                    SiteIndex = equations.Count,
                    SiteLabel = "M",
                    Cation = cation,
                    Multiplicity = 1,
                    GroupId = "g",
                    Bonds = list,
                });
                bonds += list.Length;
                remaining -= list.Length;
            }

            tables.Add(EquationTable.Build(equations, keys, [.. equations.Select(_ => 1.0)]));
        }

        return (keys, tables);
    }
}
