namespace CrystalHpc.Benchmarks.Scale;

/// <summary>The time of the stages of a whole job on a number of ranks.</summary>
/// <param name="machine">The machine.</param>
/// <param name="constants">What the parts cost.</param>
/// <param name="costs">What files yield.</param>
/// <param name="corpus">The files.</param>
/// <param name="operationsPerFile">As in <see cref="ExtractionModel"/>.</param>
internal sealed class JobModel(Supercomputer machine, ScaleConstants constants, FileCosts costs, ModelCorpus corpus, int operationsPerFile)
{
    // Assumed for all of COD: pairs of cation and anion, evaluations of a fit, and the part of structures that is accepted, each its own
    // group.
    private const int Keys = 2_000;
    private const int Evaluations = 150;
    private const double AcceptedPart = 0.22;
    private const int GroupBytes = 45;

    // Ranks tell one another what they know of groups so often: GroupDirectory.
    private const int Exchanges = 7;
    private const int ResidualBytes = 80;

    // A bond stands in equations.csv twice: seen from the cation and from the anion.
    private const double BytesOfBond = 2 * 100;

    // Two parameters for each key and two more sums, each of five 8-byte words.
    public const double SumBytes = (2 * Keys + 2) * 5 * 8;

    private readonly double _bytes = corpus.Bytes.Sum();
    private readonly double _equations = costs.EquationsPerFile * ModelCorpus.Files;
    private readonly double _bonds = costs.BondsPerFile * ModelCorpus.Files;

    /// <summary>Equations and bonds of the whole corpus.</summary>
    public (double Equations, double Bonds) Size => (_equations, _bonds);

    /// <summary>All ranks list, read and digest, rank 0 writes the manifest.</summary>
    public (double Serial, double Seconds) Index(int ranks)
    {
        double serial = constants.ManifestSecondsPerFile * ModelCorpus.Files;
        double own = (constants.ListSecondsPerFile + constants.ReadSecondsPerFile + operationsPerFile * machine.FileOperationSeconds)
            * ModelCorpus.Files / ranks
            + _bytes / ranks / machine.FileBytesPerSecondPerRank;
        double shared = Math.Max((double)operationsPerFile * ModelCorpus.Files / machine.FileOperationsPerSecond,
            _bytes / machine.FileBytesPerSecond);
        return (serial, serial + Math.Max(own, shared));
    }

    /// <summary>Rank 0 scans the manifest before shards are dealt.</summary>
    public double ScanSeconds => constants.ScanSecondsPerFile * ModelCorpus.Files;

    /// <summary>All ranks check, join and count; then one rank takes the digest of the longest table.</summary>
    public double Merge(int ranks, int shards) =>
        constants.MergeSecondsPerFile * ModelCorpus.Files / Math.Min(ranks, shards)
        + constants.DigestSecondsPerMegabyte * 1e-6 * BytesOfBond * _bonds;

    /// <summary>Seconds of the parts of the fit.</summary>
    public FitTimes Fit(int ranks, int shards, bool isHierarchical)
    {
        int working = Math.Min(ranks, shards);
        double groups = AcceptedPart * ModelCorpus.Files;
        return new FitTimes(
            Start: constants.GroupSeconds * groups / ranks + Exchanges * Math.Ceiling(Math.Log2(ranks)) * machine.LatencySeconds
                + groups * GroupBytes / machine.FileBytesPerSecond,
            Evaluate: Evaluations * constants.BondSeconds * _bonds / working,
            Sum: Evaluations * machine.SumOverRanks(ranks, SumBytes, constants.Sum, isHierarchical),
            Residuals: constants.ResidualSeconds * _equations / working + _equations * ResidualBytes / machine.FileBytesPerSecond);
    }
}

/// <summary>
/// Seconds of the parts of a fit: reading the groups, each rank its stretch, and asking for them; evaluating; adding up over ranks; the
/// table of residuals.
/// </summary>
internal readonly record struct FitTimes(double Start, double Evaluate, double Sum, double Residuals)
{
    public double Total => Start + Evaluate + Sum + Residuals;
}
