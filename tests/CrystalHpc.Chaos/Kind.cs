namespace CrystalHpc.Chaos;

/// <summary>What happens to a job.</summary>
public enum Kind
{
    /// <summary>SIGKILL to one rank under mpirun of Open MPI.</summary>
    KillUnderOpenMpi,

    /// <summary>SIGKILL to one rank under mpirun of MPICH.</summary>
    KillUnderMpich,

    /// <summary>SIGUSR1 to one rank only under mpirun of Open MPI: all ranks stop in good order.</summary>
    StopUnderOpenMpi,

    /// <summary>SIGUSR1 to one rank only under mpirun of MPICH.</summary>
    StopUnderMpich,

    /// <summary>SIGINT to a job of threads.</summary>
    Interrupt,

    /// <summary>No file may grow beyond a limit.</summary>
    FileLimit,

    /// <summary>The run directory lies on a disk that is full.</summary>
    FullDisk,

    /// <summary>Tables of shards, or merged ones, are cut short or have a bit flipped.</summary>
    Damage,
}
