using System.Globalization;

namespace CrystalHpc.Parallel;

/// <summary>How this process runs: what "crystalhpc info" prints and what a run records.</summary>
/// <param name="Library">Name or path of the MPI library; null without MPI.</param>
/// <param name="LibraryVersion">First line of what the library says about itself; null without MPI.</param>
/// <param name="Abi">Binary interface: "Open MPI", "MPICH" or "MPI-5 standard"; null without MPI.</param>
/// <param name="Binding">By what the library is called: "MPI.NET 1.4.0" or "own handle tables"; null without MPI.</param>
/// <param name="ThreadLevel">Thread level that the library granted; null without MPI.</param>
/// <param name="Rank">Rank of this process.</param>
/// <param name="Size">Number of processes.</param>
/// <param name="NodeSize">Number of processes on this node.</param>
/// <param name="CoresVisible">Cores that this process may use, after binding by the launcher.</param>
/// <param name="Launcher">What started the process; null if no MPI launcher was seen.</param>
/// <param name="Host">Name of the node.</param>
public sealed record MpiDescription(
    string? Library,
    string? LibraryVersion,
    string? Abi,
    string? Binding,
    ThreadLevel? ThreadLevel,
    int Rank,
    int Size,
    int NodeSize,
    int CoresVisible,
    string? Launcher,
    string Host)
{
    /// <summary>
    /// What is wrong if a rank is to run more threads than it may use cores, and the remedy; null if all is well. Open MPI binds each of
    /// two ranks or fewer to one core; then a process sees a single core and its threads take turns.
    /// </summary>
    /// <param name="threads">Threads that this rank is to run.</param>
    public string? BindingWarning(int threads) => threads <= CoresVisible ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"rank {Rank} on {Host} may use {CoresVisible} core(s), but is to run {threads} threads, which will take turns. " +
        $"Open MPI: mpirun --map-by slot:PE={threads} or --bind-to none; Slurm: --cpus-per-task={threads}; MPICH: -bind-to none; " +
        $"or ask for fewer threads.");
}
