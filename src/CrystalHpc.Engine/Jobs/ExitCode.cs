namespace CrystalHpc.Engine.Jobs;

/// <summary>What the process tells its caller; documented in docs/formats.md and kept stable.</summary>
public enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>The command line does not make sense.</summary>
    CommandLine = 1,

    /// <summary>The configuration does not make sense.</summary>
    Configuration = 2,

    /// <summary>Done, but more files failed than the configuration allows.</summary>
    TooManyFailures = 3,

    /// <summary>The input or the run directory cannot be used.</summary>
    Unusable = 4,

    /// <summary>Stopped by a signal, in good order; the same command goes on where it stopped (EX_TEMPFAIL of sysexits.h).</summary>
    Stopped = 75,

    /// <summary>A fault of the program or of MPI; the message names rank, shard and file.</summary>
    Fault = 70,
}
