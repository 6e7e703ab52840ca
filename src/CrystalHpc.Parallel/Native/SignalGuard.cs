namespace CrystalHpc.Parallel.Native;

/// <summary>
/// Keeps the signal handlers of the .NET runtime. UCX, which MPICH uses, replaces them when it is loaded; then a NullReferenceException or
/// DivideByZeroException, which start as signals, would kill the process.
/// </summary>
internal sealed unsafe class SignalGuard
{
    /// <summary>Longer than struct sigaction is on any Linux.</summary>
    private const int ActionBytes = 256;

    /// <summary>SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, where there are signals and UCX.</summary>
    private static ReadOnlySpan<int> Signals => OperatingSystem.IsLinux() ? (ReadOnlySpan<int>)[4, 5, 6, 7, 8, 11] : [];

    private readonly byte[] _actions = new byte[ActionBytes * Signals.Length];

    /// <summary>Remembers the handlers of now.</summary>
    public SignalGuard()
    {
        fixed (byte* actions = _actions)
        {
            for (int i = 0; i < Signals.Length; i++)
                _ = Libc.SignalAction(Signals[i], null, actions + i * ActionBytes);
        }
    }

    /// <summary>Puts the remembered handlers back.</summary>
    public void Restore()
    {
        fixed (byte* actions = _actions)
        {
            for (int i = 0; i < Signals.Length; i++)
                _ = Libc.SignalAction(Signals[i], actions + i * ActionBytes, null);
        }
    }
}
