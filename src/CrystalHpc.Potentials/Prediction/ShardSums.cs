using CrystalHpc.Parallel;
using CrystalHpc.Potentials.Model.Descriptors;

namespace CrystalHpc.Potentials.Prediction;

/// <summary>
/// What a shard of atoms adds to the energy of a structure: energies and strain of each member of a committee, and the functions farthest
/// outside the training. All of it lies in one row of numbers, which ranks exchange; rows are added in the order of the shards.
/// </summary>
internal sealed class ShardSums
{
    private const int Shown = 5, NumbersOfExtrapolation = 5;

    private readonly int _members;
    private readonly double[] _row;

    /// <summary>Room for the sums.</summary>
    /// <param name="members">Networks of the committee.</param>
    public ShardSums(int members)
    {
        _members = members;
        _row = new double[members + 6 + Shown * NumbersOfExtrapolation];
    }

    /// <summary>Energy of each member, eV.</summary>
    public Span<double> Energies => _row.AsSpan(0, _members);

    /// <summary>Derivative by strain, summed over members, eV.</summary>
    public Span<double> Strain => _row.AsSpan(_members, 6);

    /// <summary>The numbers of a shard.</summary>
    public ReadOnlySpan<double> Numbers => _row;

    private Span<double> Outside => _row.AsSpan(^(Shown * NumbersOfExtrapolation)..);

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_row);
        for (int k = 0; k < Shown; k++)
            Outside[NumbersOfExtrapolation * k] = -1;
    }

    /// <summary>Adds a shard to a sum; shards come in their order.</summary>
    public void Add(ReadOnlySpan<double> shard)
    {
        int sums = _row.Length - Outside.Length;
        for (int i = 0; i < sums; i++)
            _row[i] += shard[i];
        for (int k = sums; k < shard.Length && shard[k] >= 0; k += NumbersOfExtrapolation)
            Tell((int)shard[k], (int)shard[k + 1], shard[k + 2], shard[k + 3], shard[k + 4]);
    }

    /// <summary>Takes note of a function outside the training if it is among the farthest; of equally far ones the first.</summary>
    public void Tell(int atom, int function, double value, double lowest, double highest)
    {
        Span<double> outside = Outside;
        double excess = ExcessOf(value, lowest, highest);
        int place = Shown;
        while (place > 0 && (outside[NumbersOfExtrapolation * (place - 1)] < 0 || excess > ExcessAt(place - 1)))
            place--;
        if (place == Shown)
            return;
        outside[(NumbersOfExtrapolation * place)..^NumbersOfExtrapolation].CopyTo(outside[(NumbersOfExtrapolation * (place + 1))..]);
        ((ReadOnlySpan<double>)[atom, function, value, lowest, highest]).CopyTo(outside[(NumbersOfExtrapolation * place)..]);
    }

    /// <summary>The functions farthest outside, the worst first.</summary>
    /// <param name="functionOf">The function of an atom by its number.</param>
    public List<Extrapolation> Extrapolations(Func<int, int, SymmetryFunction> functionOf)
    {
        var found = new List<Extrapolation>();
        for (Span<double> rest = Outside; rest.Length > 0 && rest[0] >= 0; rest = rest[NumbersOfExtrapolation..])
            found.Add(new Extrapolation((int)rest[0], functionOf((int)rest[0], (int)rest[1]), rest[2], rest[3], rest[4]));
        return found;
    }

    /// <summary>The shards of all ranks, in the order of ranks; each rank computes every so many-th. A collective call.</summary>
    /// <param name="world">The ranks.</param>
    /// <param name="own">The rows of this rank, end to end.</param>
    /// <param name="shards">Number of shards.</param>
    /// <param name="length">Numbers of a row.</param>
    public static double[] Exchange(ICommunicator world, double[] own, int shards, int length)
    {
        int[] counts = [.. Enumerable.Range(0, world.Size).Select(rank => (shards - rank + world.Size - 1) / world.Size * length)];
        var all = new double[shards * length];
        world.AllgatherFlattened<double>(own, all, counts);
        return all;
    }

    private double ExcessAt(int place) =>
        ExcessOf(Outside[NumbersOfExtrapolation * place + 2], Outside[NumbersOfExtrapolation * place + 3],
            Outside[NumbersOfExtrapolation * place + 4]);

    private static double ExcessOf(double value, double lowest, double highest)
        => new Extrapolation(0, null!, value, lowest, highest).Excess;
}
