namespace CrystalHpc.Benchmarks.Scale;

/// <summary>
/// A stand-in for all of COD: 530,000 files, 170 kB in the mean. Assumed: every file has a body whose size is log-normal (median 25 kB,
/// sigma
/// 0.8); three in ten also carry reflections, log-normal (median 290 kB, sigma 1.0), cut at 100 MB. A byte of a body costs what a byte of
/// some real file of the measured corpus costs, drawn at random; a byte of reflections what it costs in made files.
/// </summary>
internal sealed class ModelCorpus
{
    public const int Files = 530_000;
    private const double LargestBytes = 100e6;

    /// <summary>Draws the files, the same in every run.</summary>
    /// <param name="costs">What bytes cost.</param>
    /// <param name="workFactor">How many times more work the body of a file is than measured.</param>
    public ModelCorpus(FileCosts costs, double workFactor)
    {
        var random = new Random(1);
        for (int i = 0; i < Files; i++)
        {
            double body = LogNormal(random, 25e3, 0.8);
            double reflections = random.NextDouble() < 0.3 ? Math.Min(LogNormal(random, 290e3, 1.0), LargestBytes) : 0;
            Bytes[i] = body + reflections;
            Seconds[i] = workFactor * body * costs.SecondsPerByte[random.Next(costs.SecondsPerByte.Length)] + reflections
                * costs.ReflectionSecondsPerByte;
        }
    }

    public double[] Bytes { get; } = new double[Files];

    public double[] Seconds { get; } = new double[Files];

    /// <summary>Shards as the index deals them: contiguous, about the same number of bytes.</summary>
    public ShardLoad[] Shards(int count)
    {
        double total = Bytes.Sum() + 1024.0 * Files, before = 0;
        var shards = new ShardLoad[count];
        for (int i = 0; i < Files; i++)
        {
            double weight = Bytes[i] + 1024;
            int shard = Math.Min(count - 1, (int)((before + weight / 2) / total * count));
            shards[shard] = new ShardLoad(shards[shard].Files + 1, shards[shard].Bytes + Bytes[i], shards[shard].Seconds + Seconds[i]);
            before += weight;
        }

        return [.. shards.Where(shard => shard.Files > 0)];
    }

    private static double LogNormal(Random random, double median, double sigma)
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return median * Math.Exp(sigma * normal);
    }
}

/// <summary>What a shard asks of a rank.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Seconds">The time they take on one core.</param>
internal readonly record struct ShardLoad(int Files, double Bytes, double Seconds);
