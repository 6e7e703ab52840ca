namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>What became of draws, counted while they are made.</summary>
public sealed class SamplingTally
{
    private readonly int[] _counts = new int[Enum.GetValues<DropReason>().Length];

    /// <summary>Number of draws.</summary>
    public int Attempts { get; private set; }

    /// <summary>Number of draws by what became of them, in the order of <see cref="DropReason"/>.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>Number of draws that ended so.</summary>
    public int CountOf(DropReason reason) => _counts[(int)reason];

    /// <summary>Share of draws that became sound crystals, whatever their formula: no two atoms closer than 0.5 A.</summary>
    public double ValidShare
        => Attempts == 0 ? double.NaN : 1 - (double)(CountOf(DropReason.NoCell) + CountOf(DropReason.AtomsTooClose)) / Attempts;

    /// <summary>Counts a draw.</summary>
    internal void Add(DropReason reason)
    {
        Attempts++;
        _counts[(int)reason]++;
    }
}

/// <summary>Candidates and what became of the draws.</summary>
/// <param name="Candidates">The crystals, in the order of their draws.</param>
/// <param name="Tally">What became of draws.</param>
public sealed record SamplingResult(IReadOnlyList<Candidate> Candidates, SamplingTally Tally)
{
    /// <summary>Number of draws.</summary>
    public int Attempts => Tally.Attempts;

    /// <summary>Number of draws that ended so.</summary>
    public int CountOf(DropReason reason) => Tally.CountOf(reason);

    /// <summary>See <see cref="SamplingTally.ValidShare"/>.</summary>
    public double ValidShare => Tally.ValidShare;
}
