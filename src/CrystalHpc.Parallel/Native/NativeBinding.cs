namespace CrystalHpc.Parallel.Native;

/// <summary>MPI called through our own tables of handles and constants.</summary>
internal sealed unsafe class NativeBinding(MpiAbi abi) : MpiBinding
{
    public override string Name => "own handle tables";

    public override MpiCommunicator Start(out ThreadLevel provided)
    {
        int level = 0;
        int code = MpiNative.InitThread(null, null, abi.ThreadLevels[(int)ThreadLevel.Serialized], &level);
        if (code != 0)
            throw MpiErrors.Describe(abi, code, "MPI_Init_thread");
        provided = (ThreadLevel)Array.IndexOf(abi.ThreadLevels, level);

        // For its error handler: some errors are raised on this communicator.
        _ = new NativeCommunicator(abi, abi.CommSelf, owned: false);
        return new NativeCommunicator(abi, abi.CommWorld, owned: false);
    }

    public override void Dispose() => _ = MpiNative.FinalizeAll();
}
