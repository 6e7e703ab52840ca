using System.Globalization;

namespace CrystalHpc.Parallel.Native;

/// <summary>What started this process, as far as the environment tells.</summary>
/// <param name="Name">Name for people, or null when no MPI launcher was seen.</param>
/// <param name="Size">Number of processes it started, as far as known; else 1.</param>
/// <param name="Family">The library that belongs to it.</param>
internal sealed record Launcher(string? Name, int Size, LibraryFamily Family)
{
    /// <summary>Reads the variables that launchers set.</summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    public static Launcher Detect(Func<string, string?> variable)
    {
        bool Set(string name) => !string.IsNullOrEmpty(variable(name));
        int Number(string name) => int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 1;

        // SLURM_NTASKS is no sign: it is also set in the batch script, where a single process is as it should be.
        bool slurmStep = Set("SLURM_STEP_ID") && Number("SLURM_STEP_NUM_TASKS") > 1;
        int size = Math.Max(
            Math.Max(Number("OMPI_COMM_WORLD_SIZE"), Number("PMI_SIZE")),
            Math.Max(Number("MPI_LOCALNRANKS"), slurmStep ? Number("SLURM_STEP_NUM_TASKS") : 1));

        if (Set("OMPI_COMM_WORLD_SIZE"))
            return new Launcher("mpirun of Open MPI", size, LibraryFamily.OpenMpi);
        string? slurm = Set("SLURM_STEP_ID") ? "srun" : null;
        if (Set("PMIX_NAMESPACE"))
            return new Launcher(slurm is null ? "a PMIx launcher" : "srun with PMIx", size, LibraryFamily.OpenMpi);
        if (Set("PMI_RANK") || Set("PMI_FD"))
            return new Launcher(slurm is null ? "mpirun of MPICH" : "srun with PMI", size, LibraryFamily.Mpich);
        if (Set("PALS_RANKID"))
            return new Launcher("a Cray PALS launcher", size, LibraryFamily.Mpich);
        return slurmStep ? new Launcher("srun", size, LibraryFamily.Unknown) : new Launcher(null, size, LibraryFamily.Unknown);
    }
}

/// <summary>Which library a launcher works with.</summary>
internal enum LibraryFamily
{
    Unknown,
    OpenMpi,
    Mpich,
}
