namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>What became of draws.</summary>
/// <param name="Candidates">The crystals, in the order of their draws.</param>
/// <param name="Attempts">Number of draws.</param>
/// <param name="Counts">Number of draws by what became of them, in the order of <see cref="DropReason"/>.</param>
public sealed record SamplingResult(IReadOnlyList<Candidate> Candidates, int Attempts, IReadOnlyList<int> Counts)
{
    /// <summary>Number of draws that ended so.</summary>
    public int CountOf(DropReason reason) => Counts[(int)reason];

    /// <summary>Share of draws that became sound crystals, whatever their formula: no two atoms closer than 0.5 A.</summary>
    public double ValidShare => Attempts == 0 ? double.NaN : 1 - (double)(CountOf(DropReason.NoCell) + CountOf(DropReason.AtomsTooClose)) / Attempts;
}
