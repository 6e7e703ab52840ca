namespace CrystalHpc.Parallel;

/// <summary>How the threads of a process may call MPI (MPI standard, section "MPI and Threads").</summary>
public enum ThreadLevel
{
    /// <summary>The process has one thread.</summary>
#pragma warning disable CA1720 // The name of the MPI standard.
    Single,
#pragma warning restore CA1720

    /// <summary>Only the thread that started MPI calls it.</summary>
    Funneled,

    /// <summary>Any thread calls it, one at a time.</summary>
    Serialized,

    /// <summary>Any thread calls it at any time.</summary>
    Multiple,
}
