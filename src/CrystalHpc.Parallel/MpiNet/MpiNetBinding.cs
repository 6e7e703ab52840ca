using System.Runtime.InteropServices;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Parallel.MpiNet;

/// <summary>
/// MPI called through MPI.NET. Its package is made for msmpi.dll of Windows, whose handles and status are those of MPICH; here that name
/// leads to the library that is loaded already.
/// </summary>
internal sealed class MpiNetBinding(MpiLibrary library) : MpiBinding
{
    private MPI.Environment? _environment;

    public override string Name => $"MPI.NET {typeof(MPI.Communicator).Assembly.GetName().Version?.ToString(3)}";

    public override MpiCommunicator Start(out ThreadLevel provided)
    {
        NativeLibrary.SetDllImportResolver(
            typeof(MPI.Communicator).Assembly, (name, _, _) => name == "msmpi.dll" ? library.Handle : 0);
        string[]? arguments = null;
        _environment = new MPI.Environment(ref arguments, MPI.Threading.Serialized);
        provided = (ThreadLevel)MPI.Environment.Threading;
        return new MpiNetCommunicator(library.Abi, library.Abi.CommWorld, MPI.Communicator.world, owned: false);
    }

    public override void Dispose() => _environment?.Dispose();
}
