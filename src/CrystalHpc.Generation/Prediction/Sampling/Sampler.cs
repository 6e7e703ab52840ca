using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Matching;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Decoding;
using CrystalHpc.Learning.Structures;

namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>Draws latent vectors until enough of them have become the crystals that are wanted. The same seed gives the same crystals.</summary>
/// <param name="model">The model.</param>
public sealed class Sampler(IVoxelModel model)
{
    private const int Batch = 16;

    private readonly CellDecoder _decoder = new(new Voxelizer(model.Grid), DecoderOptions.OfMade);
    private readonly VoxelMaps[] _maps = [.. Enumerable.Range(0, Batch).Select(_ => new VoxelMaps(model.Grid, model.Species))];
    private readonly StructureMatcher _matcher = new(MatchTolerance.Default);

    /// <summary>Draws.</summary>
    /// <param name="source">Where vectors come from.</param>
    /// <param name="wish">What is wanted.</param>
    public SamplingResult Draw(LatentSource source, SamplingWish wish)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(wish);
        var found = new List<Candidate>();
        var same = new Dictionary<string, List<MatchableStructure>>(StringComparer.Ordinal);
        int[] counts = new int[Enum.GetValues<DropReason>().Length];
        int attempts = 0, most = Math.Min(wish.MostAttempts, source.Draws ?? int.MaxValue);
        float[] latents = new float[Batch * source.Size];
        int[] conditions = new int[Batch];
        string[] origins = new string[Batch];
        while (found.Count < wish.Count && attempts < most)
        {
            int count = Math.Min(Batch, most - attempts);
            for (int i = 0; i < count; i++)
            {
                origins[i] = source.Fill(wish.Seed, attempts + i, latents.AsSpan(i * source.Size, source.Size));
                conditions[i] = wish.Condition ?? (attempts + i) % (EnergyDeciles.Count - 1);
            }

            model.Decode(latents.AsSpan(0, count * source.Size), conditions.AsSpan(0, count), new ArraySegment<VoxelMaps>(_maps, 0, count));
            for (int i = 0; i < count && found.Count < wish.Count; i++, attempts++)
            {
                DropReason reason = Examine(_maps[i], attempts, conditions[i], origins[i], wish, same, out Candidate? candidate);
                counts[(int)reason]++;
                if (candidate is not null)
                    found.Add(candidate);
            }
        }

        return new SamplingResult(found, attempts, counts);
    }

    private DropReason Examine(
        VoxelMaps maps, int attempt, int condition, string origin, SamplingWish wish, Dictionary<string, List<MatchableStructure>> same,
        out Candidate? candidate)
    {
        candidate = null;
        if (_decoder.Decode(maps) is not { } cell)
            return DropReason.NoCell;
        double least = cell.LeastDistance();
        if (least < CubicCell.OverlapAngstrom)
            return DropReason.AtomsTooClose;
        if (SymmetrizedCrystal.Of(cell, wish.Tolerance) is not { } crystal)
            return DropReason.NoSymmetry;
        var made = new Candidate(attempt, condition, origin, cell, crystal.Structure, crystal.Group, StructureKey.Of(crystal.Structure), least);
        if (wish.Type is { } type && made.Kind != type)
            return DropReason.OtherType;
        if (cell.Elements.Any(element => wish.Excluded.Contains(element) || (wish.Elements.Count > 0 && !wish.Elements.Contains(element))))
            return DropReason.Elements;
        if (!same.TryGetValue(made.Key, out List<MatchableStructure>? before))
            same[made.Key] = before = [];
        if (MatchableStructure.Of(cell.ToAtomicCell()) is { } matchable)
        {
            if (before.Exists(other => _matcher.AreSame(other, matchable)))
                return DropReason.Duplicate;
            before.Add(matchable);
        }

        candidate = made;
        return DropReason.Kept;
    }
}
