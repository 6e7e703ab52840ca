using CrystalHpc.Parallel.MpiNet;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Parallel;

/// <summary>By what the functions of the MPI library are called.</summary>
internal abstract class MpiBinding : IDisposable
{
    /// <summary>Names the binding to use: "native" or "mpi.net".</summary>
    public const string Variable = "CRYSTALHPC_MPI_BINDING";

    /// <summary>Name for people.</summary>
    public abstract string Name { get; }

    /// <summary>Starts MPI and returns the communicator of all ranks.</summary>
    /// <param name="provided">Thread level that the library granted; serialized is asked for.</param>
    public abstract MpiCommunicator Start(out ThreadLevel provided);

    /// <summary>Ends MPI.</summary>
    public abstract void Dispose();

    /// <summary>The binding for a library: MPI.NET for the MPICH family, for which it is made, and our own tables for all others.</summary>
    /// <param name="library">The library that was found.</param>
    /// <param name="wanted">Value of <see cref="Variable"/>.</param>
    /// <exception cref="MpiStartException">There is no such binding, or not for this library.</exception>
    public static MpiBinding For(MpiLibrary library, string? wanted)
    {
        bool isMpich = library.Abi == MpiAbiTables.Mpich;
        return wanted switch
        {
            null or "" when !isMpich => new NativeBinding(library.Abi),
            null or "" => new MpiNetBinding(library),
            "native" => new NativeBinding(library.Abi),
            "mpi.net" when isMpich => new MpiNetBinding(library),
            "mpi.net" => throw new MpiStartException(
                $"{Variable} is 'mpi.net', but MPI.NET works with the MPICH family only, and '{library.Path}' is {library.Abi.Name}: " +
                "unset the variable, or set it to 'native'."),
            _ => throw new MpiStartException($"{Variable} is '{wanted}'; allowed are 'native' and 'mpi.net', or unset it."),
        };
    }
}
