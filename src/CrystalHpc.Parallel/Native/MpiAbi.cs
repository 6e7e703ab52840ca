namespace CrystalHpc.Parallel.Native;

/// <summary>
/// The constants of one binary interface of MPI. They are C macros, so no library tells them; the tables of the three interfaces are in
/// <see cref="MpiAbiTables"/>.
/// </summary>
internal sealed record MpiAbi
{
    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Handles are 32-bit integers (MPICH), not pointers.</summary>
    public required bool ShortHandles { get; init; }

    public required int StatusSourceOffset { get; init; }

    public required int StatusTagOffset { get; init; }

    /// <summary>Stands for the buffer in reductions in place.</summary>
    public required nint InPlace { get; init; }

    public required nint StatusIgnore { get; init; }

    public required int AnySource { get; init; }

    public required int AnyTag { get; init; }

    /// <summary>Color of a rank that takes no part in a split.</summary>
    public required int Undefined { get; init; }

    /// <summary>Type of the split by shared memory.</summary>
    public required int CommTypeShared { get; init; }

    /// <summary>Values of the four thread levels, in the order of <see cref="ThreadLevel"/>.</summary>
    public required int[] ThreadLevels { get; init; }

    public required nint CommWorld { get; init; }

    public required nint CommSelf { get; init; }

    public required nint CommNull { get; init; }

    public required nint InfoNull { get; init; }

    public required nint ErrorsReturn { get; init; }

    /// <summary>MPI_BYTE, in which lengths of messages are asked for; it has no arithmetic.</summary>
    public required nint RawByte { get; init; }

    /// <summary>Data types in the order of <see cref="ElementType"/>.</summary>
    public required nint[] Types { get; init; }

    /// <summary>Operations in the order of <see cref="ReduceOperation"/>.</summary>
    public required nint[] Operations { get; init; }

    /// <summary>Names of the error classes without MPI_ERR_, from class 0 up.</summary>
    public required string[] ErrorClasses { get; init; }

    /// <summary>Large enough for a status of any interface (20 to 32 bytes), in longs so that it is aligned.</summary>
    public const int StatusLongs = 5;

    /// <summary>A handle as the library returned it, comparable with the constants.</summary>
    public nint Normalize(nint handle) => ShortHandles ? (int)handle : handle;

    public string ErrorClassName(int errorClass) =>
        (uint)errorClass < (uint)ErrorClasses.Length ? $"MPI_ERR_{ErrorClasses[errorClass]}" : $"MPI error class {errorClass}";
}
