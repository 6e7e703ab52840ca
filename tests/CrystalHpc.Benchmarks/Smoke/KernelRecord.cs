using CsvHelper;

namespace CrystalHpc.Benchmarks;

/// <summary>A row of records.csv: how fast a kernel has been beside its peer.</summary>
/// <param name="Kernel">Benchmark and title of the contest.</param>
/// <param name="Peer">The other program.</param>
/// <param name="Ratio">How many times as long as the kernel the peer took, by the median of the rounds of one run.</param>
/// <param name="Measured">Day and processor.</param>
[CsvRecord]
internal sealed partial record KernelRecord(
    [property: CsvColumn("kernel")] string Kernel,
    [property: CsvColumn("peer")] string Peer,
    [property: CsvColumn("ratio")] double Ratio,
    [property: CsvColumn("measured")] string Measured)
{
    /// <summary>What must remain of a recorded ratio.</summary>
    public const double LeastShare = 2.0 / 3;

    /// <summary>Whether a ratio of another run is below what must remain.</summary>
    public bool Falls(double ratio) => ratio < LeastShare * Ratio;
}
