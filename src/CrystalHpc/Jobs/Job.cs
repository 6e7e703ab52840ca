using CrystalHpc.Core.Numerics;
using CrystalHpc.Parallel;

namespace CrystalHpc.Jobs;

/// <summary>One rank's view of the running command: who takes part and where messages to people go (stderr, from rank 0 alone).</summary>
/// <param name="World">All ranks of the job.</param>
/// <param name="IsQuiet">No progress and no notes, only errors and results.</param>
internal sealed record Job(ICommunicator World, bool IsQuiet)
{
    /// <summary>True on the rank that speaks to people and writes the shared tables.</summary>
    public bool IsRoot => World.Rank == 0;

    /// <summary>Sum of whole numbers over all ranks: the only reduction that results may depend on.</summary>
    public GlobalSum GlobalSum => values => World.AllreduceInPlace(values, ReduceOperation.Sum);

    /// <summary>Tells people something, once.</summary>
    public void Say(string message)
    {
        if (IsRoot && !IsQuiet)
            Console.Error.WriteLine(message);
    }

    /// <summary>The shards of this rank: every <see cref="ICommunicator.Size"/>-th, in ascending order, so that archives are read forward.</summary>
    public IEnumerable<int> Mine(IReadOnlyList<int> shards)
    {
        for (int i = World.Rank; i < shards.Count; i += World.Size)
            yield return shards[i];
    }
}
