namespace CrystalHpc.Potentials.Prediction;

/// <summary>
/// How the atoms of a structure are dealt: shards that depend on their number alone are computed one by one, wherever, and added in their
/// order, so that sums have the same bits on any number of ranks.
/// </summary>
internal readonly record struct SpaceShards(int Atoms)
{
    private const int LeastAtoms = 64, Most = 64;

    /// <summary>Number of shards.</summary>
    public int Count => Math.Clamp(Atoms / LeastAtoms, 1, Most);

    /// <summary>The first atom of a shard; that of the one behind the last is the number of atoms.</summary>
    public int First(int shard) => (int)((long)Atoms * shard / Count);
}
