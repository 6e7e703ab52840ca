using CrystalHpc.Core.Crystals;
using CrystalHpc.Generation.Prediction.Sampling;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>Draws candidates and screens them until enough are left.</summary>
/// <param name="sampler">Draws.</param>
/// <param name="screening">Judges.</param>
/// <param name="table">The columns that conditions are about.</param>
/// <param name="conditions">What must hold of a candidate.</param>
public sealed class CandidateSearch(Sampler sampler, Screening screening, CandidateTable table, IReadOnlyList<Condition> conditions)
{
    // Crystals that are judged together.
    private const int Batch = 32;

    private readonly (Condition Condition, int Place)[] _conditions =
        [.. conditions.Select(condition => (condition, table.Columns.Index().First(column => column.Item == condition.Column).Index))];

    /// <summary>The candidates, the best first: by their distance to the hull where it can be believed, else by their predicted formation
    /// energy, else as they were drawn.</summary>
    public IReadOnlyList<ScreenedCandidate> Run(LatentSource source, SamplingWish wish, Funnel funnel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(funnel);
        var kept = new List<ScreenedCandidate>();
        var waiting = new List<Candidate>();
        using IEnumerator<Candidate> drawn = sampler.Stream(source, wish, funnel.Draws).GetEnumerator();
        for (bool isOver = false; !isOver && kept.Count < wish.Count;)
        {
            // No more than are wanted: what is drawn is counted.
            while (waiting.Count < Math.Min(Batch, wish.Count - kept.Count) && !isOver)
            {
                isOver = !drawn.MoveNext();
                if (!isOver)
                    waiting.Add(drawn.Current);
            }

            Keep(screening.Screen([.. waiting.Select(one => ((Candidate?)one, one.Crystal))], funnel.Drop), funnel, kept);
            waiting.Clear();
        }

        return Sorted(kept);
    }

    /// <summary>Judges crystals that are given: of structures that are ordered and whose atoms are far enough apart.</summary>
    public IReadOnlyList<ScreenedCandidate> Judge(IReadOnlyList<CrystalStructure> structures, IReadOnlyList<double> tolerances,
        Funnel funnel)
    {
        ArgumentNullException.ThrowIfNull(structures);
        ArgumentNullException.ThrowIfNull(funnel);
        var kept = new List<ScreenedCandidate>();
        foreach (CrystalStructure[] some in structures.Chunk(Batch))
        {
            var whole = new List<(Candidate?, SymmetrizedCrystal)>();
            foreach (CrystalStructure structure in some)
            {
                SymmetrizedCrystal? crystal = null;
                DropReason reason = structure.Sites.Any(site => Math.Abs(site.Occupancy - 1) > 1e-3) ? DropReason.NoCell
                    : ShortBonds.Has(structure) ? DropReason.BondTooShort
                    : (crystal = SymmetrizedCrystal.Of(KnownStructures.AtomsOf(structure), tolerances)) is null ? DropReason.NoSymmetry
                        : DropReason.Kept;
                funnel.Draws.Add(reason);
                if (reason == DropReason.Kept)
                    whole.Add((null, crystal!));
            }

            Keep(screening.Screen(whole, funnel.Drop), funnel, kept);
        }

        return Sorted(kept);
    }

    private void Keep(IReadOnlyList<ScreenedCandidate> screened, Funnel funnel, List<ScreenedCandidate> kept)
    {
        foreach (ScreenedCandidate candidate in screened)
        {
            if (FailureOf(table.Values(candidate)) is { } failure)
            {
                funnel.Drop(failure);
                continue;
            }

            funnel.Keep();
            kept.Add(candidate);
        }
    }

    private string? FailureOf(IReadOnlyList<object?> values)
    {
        foreach ((Condition condition, int place) in _conditions)
        {
            if (!condition.HoldsOf(values[place]))
                return condition.Failure(values[place]);
        }

        return null;
    }

    private IReadOnlyList<ScreenedCandidate> Sorted(List<ScreenedCandidate> kept) =>
    [
        .. kept.OrderBy(one => one.Hull is { Distance: { } distance, Note: null } ? distance.Value : double.PositiveInfinity)
            .ThenBy(one => screening.EnergyOf(one)?.Value ?? double.PositiveInfinity).ThenBy(one => one.Candidate?.Attempt ?? 0),
    ];
}
