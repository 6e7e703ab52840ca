using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Mpi.Contract;

/// <summary>One check of the contract; every rank runs it.</summary>
/// <param name="Name">What must hold, as a sentence.</param>
/// <param name="MinimumSize">Ranks that it needs.</param>
/// <param name="Body">What each rank does.</param>
internal sealed record ContractCheck(string Name, int MinimumSize, Action<ICommunicator, Expectations> Body)
{
    public override string ToString() => Name;
}

/// <summary>What every communicator must do, written once: run under mpirun by this program, and on threads by the unit tests.</summary>
internal static class CommunicatorContract
{
    public static IReadOnlyList<ContractCheck> Checks { get; } =
    [
        .. CollectiveChecks.All,
        .. ReductionChecks.All,
        .. MessageChecks.All,
        .. RequestChecks.All,
        .. SplitChecks.All,
        .. ConvenienceChecks.All,
        .. ArgumentChecks.All,
        .. AllocationChecks.All,
        .. RuntimeChecks.All,
    ];
}
