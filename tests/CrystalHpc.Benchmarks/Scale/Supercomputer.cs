namespace CrystalHpc.Benchmarks.Scale;

/// <summary>
/// The machine of the simulation. Assumed, not measured: typical figures of a cluster with a fast network and a parallel file system. Cores
/// are as fast as the one that was measured on.
/// </summary>
/// <param name="RanksPerNode">Ranks that share a network card.</param>
/// <param name="LatencySeconds">Of a message between nodes.</param>
/// <param name="NetworkBytesPerSecond">Of a node's network card.</param>
/// <param name="FileOperationsPerSecond">Opens, creations, renames and the like that the metadata servers do, for all ranks
/// together.</param>
/// <param name="FileOperationSeconds">What one of them takes for the rank that waits for it.</param>
/// <param name="FileBytesPerSecond">Of the file system, for all ranks together.</param>
/// <param name="FileBytesPerSecondPerRank">Of the file system, for one rank.</param>
internal sealed record Supercomputer(
    int RanksPerNode,
    double LatencySeconds,
    double NetworkBytesPerSecond,
    double FileOperationsPerSecond,
    double FileOperationSeconds,
    double FileBytesPerSecond,
    double FileBytesPerSecondPerRank)
{
    public static Supercomputer Typical { get; } = new(
        RanksPerNode: 36,
        LatencySeconds: 2e-6,
        NetworkBytesPerSecond: 10e9,
        FileOperationsPerSecond: 20_000,
        FileOperationSeconds: 1e-3,
        FileBytesPerSecond: 50e9,
        FileBytesPerSecondPerRank: 0.5e9);

    /// <summary>
    /// Seconds of a sum over all ranks by reduce-scatter and allgather: 2 log2(P) messages, each rank sends its vector about twice. Flat:
    /// all ranks of a node send through its card. Hierarchical: added up in the memory of a node first, then over nodes.
    /// </summary>
    public double SumOverRanks(int ranks, double bytes, SumCosts local, bool isHierarchical)
    {
        int nodes = (ranks + RanksPerNode - 1) / RanksPerNode;
        double onNode = local.Seconds(Math.Min(ranks, RanksPerNode), bytes);
        if (nodes == 1)
            return onNode;
        int partners = isHierarchical ? nodes : ranks;
        double senders = isHierarchical ? 1 : RanksPerNode;
        double between = 2 * Math.Log2(partners) * LatencySeconds + 2 * bytes * senders / NetworkBytesPerSecond;
        return isHierarchical ? onNode + between : between;
    }
}

/// <summary>Cost of MPI_Allreduce within a node, from measurements with two ranks: a part for each step, a part for each byte.</summary>
internal readonly record struct SumCosts(double StepSeconds, double SecondsPerByte)
{
    public double Seconds(int ranks, double bytes) => Math.Ceiling(Math.Log2(Math.Max(1, ranks))) * (StepSeconds + bytes * SecondsPerByte);
}
