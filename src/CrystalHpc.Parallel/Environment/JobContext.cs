namespace CrystalHpc.Parallel;

/// <summary>
/// What the calling thread is working on, so that the message of a crash names it. Values are set, not scoped: unwinding the stack must not
/// erase what the message needs.
/// </summary>
public static class JobContext
{
    private const string DataKey = "CrystalHpc.JobContext";

    [ThreadStatic]
    private static int _rank;

    [ThreadStatic]
    private static int _shard;

    [ThreadStatic]
    private static string? _file;

    /// <summary>Shard that this thread works on, or null.</summary>
    public static int? Shard
    {
        get => _shard == 0 ? null : _shard - 1;
        set => _shard = value + 1 ?? 0;
    }

    /// <summary>File, or member of an archive, that this thread works on, or null.</summary>
    public static string? File
    {
        get => _file;
        set => _file = value;
    }

    /// <summary>Rank that this thread works as.</summary>
    public static int Rank => Process.Size > 1 ? Process.Rank : ThreadRank ?? 0;

    /// <summary>Rank that this thread runs as, if it runs as one of a <see cref="ThreadCommunicator"/>.</summary>
    internal static int? ThreadRank
    {
        get => _rank == 0 ? null : _rank - 1;
        set => _rank = value + 1 ?? 0;
    }

    /// <summary>Rank and number of the processes, once MPI is started.</summary>
    internal static (int Rank, int Size) Process { get; set; } = (0, 1);

    /// <summary>"rank 3, shard 17, file x.cif", as far as known; "rank 3, thread 1, ..." on a rank that runs a
    /// <see cref="ThreadCommunicator"/> of its own.</summary>
    public static string Describe()
    {
        string rank = ThreadRank is not { } thread ? $"rank {Process.Rank}"
            : Process.Size == 1 ? $"rank {thread}"
            : $"rank {Process.Rank}, thread {thread}";
        string shard = Shard is { } number ? $", shard {number}" : "";
        string file = File is { } name ? $", file {name}" : "";
        return rank + shard + file;
    }

    /// <summary>Notes on an exception what its thread was doing, before another thread takes it over. The first note stays.</summary>
    internal static void Attach(Exception exception)
    {
        if (!exception.Data.Contains(DataKey))
            exception.Data[DataKey] = Describe();
    }

    /// <summary>What was noted on the exception, else what the calling thread is doing.</summary>
    internal static string DescribeFailure(Exception? exception) => exception?.Data[DataKey] as string ?? Describe();
}
