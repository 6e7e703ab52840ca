using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Decoding;
using CrystalHpc.Learning.Structures;

namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>
/// Draws latent vectors until enough of them have become the crystals that are wanted. The same seed gives the same crystals.
/// </summary>
/// <param name="model">The model.</param>
public sealed class Sampler(IVoxelModel model)
{
    private const int Batch = 16;

    private readonly CellDecoder _decoder = new(new Voxelizer(model.Grid), DecoderOptions.OfMade);
    private readonly VoxelMaps[] _maps = [.. Enumerable.Range(0, Batch).Select(_ => new VoxelMaps(model.Grid, model.Species))];
    private readonly StructureMatcher _matcher = new(MatchTolerance.Default);

    /// <summary>Draws as many candidates as are wanted.</summary>
    /// <param name="source">Where vectors come from.</param>
    /// <param name="wish">What is wanted.</param>
    public SamplingResult Draw(LatentSource source, SamplingWish wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var tally = new SamplingTally();
        return new SamplingResult([.. Stream(source, wish, tally).Take(wish.Count)], tally);
    }

    /// <summary>
    /// Draws one candidate after another, however many are wanted, until draws are used up; only what is asked for is counted.
    /// </summary>
    /// <param name="source">Where vectors come from.</param>
    /// <param name="wish">What is wanted.</param>
    /// <param name="tally">Counts the draws.</param>
    public IEnumerable<Candidate> Stream(LatentSource source, SamplingWish wish, SamplingTally tally)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(tally);
        return Draws();

        IEnumerable<Candidate> Draws()
        {
            var same = new Dictionary<string, List<MatchableStructure>>(StringComparer.Ordinal);
            int most = Math.Min(wish.MostAttempts, source.Draws ?? int.MaxValue);
            float[] latents = new float[Batch * source.Size];
            int[] conditions = new int[Batch];
            string[] origins = new string[Batch];
            for (int start = 0; start < most; start += Batch)
            {
                int count = Math.Min(Batch, most - start);
                for (int i = 0; i < count; i++)
                {
                    origins[i] = source.Fill(wish.Seed, start + i, latents.AsSpan(i * source.Size, source.Size));
                    conditions[i] = wish.Condition ?? (start + i) % (EnergyDeciles.Count - 1);
                }

                model.Decode(latents.AsSpan(0, count * source.Size), conditions.AsSpan(0, count), new ArraySegment<VoxelMaps>(_maps, 0,
                    count));
                for (int i = 0; i < count; i++)
                {
                    var draw = new LatentDraw(start + i, conditions[i], origins[i], latents.AsSpan(i * source.Size, source.Size).ToArray());
                    DropReason reason = Examine(_maps[i], draw, wish, same, out Candidate? candidate);
                    tally.Add(reason);
                    source.Learn(reason);
                    if (candidate is not null)
                        yield return candidate;
                }
            }
        }
    }

    private DropReason Examine(
        VoxelMaps maps, LatentDraw draw, SamplingWish wish, Dictionary<string, List<MatchableStructure>> same, out Candidate? candidate)
    {
        candidate = null;
        if (_decoder.Decode(maps) is not { } cell)
            return DropReason.NoCell;
        double least = cell.LeastDistance();
        if (least < CubicCell.OverlapAngstrom)
            return DropReason.AtomsTooClose;
        if (wish.Type is { } type && Candidate.KindOf(cell) != type)
            return DropReason.OtherType;
        if (cell.Elements.Any(element => wish.Excluded.Contains(element) || (wish.Elements.Count > 0 && !wish.Elements.Contains(element))))
            return DropReason.Elements;
        CrystalStructure structure = cell.ToStructure();
        if (ShortBonds.Has(structure))
            return DropReason.BondTooShort;
        string key = StructureKey.Of(structure);
        AtomicCell atoms = cell.ToAtomicCell();
        if (!same.TryGetValue(key, out List<MatchableStructure>? before))
            same[key] = before = [];
        if (MatchableStructure.Of(atoms) is { } matchable)
        {
            if (before.Exists(other => _matcher.AreSame(other, matchable)))
                return DropReason.Duplicate;
            before.Add(matchable);
        }

        if (SymmetrizedCrystal.Of(atoms, wish.Tolerances) is not { } crystal)
            return DropReason.NoSymmetry;
        candidate = new Candidate(draw.Attempt, draw.Condition, draw.Origin, draw.Latent, cell, crystal, key, least);
        return DropReason.Kept;
    }

    private sealed record LatentDraw(int Attempt, int Condition, string Origin, float[] Latent);
}
