using System.Runtime.InteropServices;

namespace CrystalHpc.Benchmarks;

/// <summary>gemmi's CIF reader, compiled from its headers and called in this process.</summary>
internal sealed class GemmiPeer
{
    private readonly Reader _reader;

    private GemmiPeer(Reader reader) => _reader = reader;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Reader(byte[] bytes, nuint length, double[]? sum);

    /// <summary>The peer, or null when it cannot be built here.</summary>
    public static GemmiPeer? TryBuild() =>
        NativePeer.Compile("g++", "gemmi_peer.cpp", "libgemmi_peer.so", "-std=c++17", "-shared", "-fPIC") is { } library
            ? new GemmiPeer(NativePeer.Function<Reader>(library, "gemmi_peer_read"))
            : null;

    /// <summary>Number of data blocks, or -1 when gemmi refuses the file.</summary>
    public int Read(byte[] file) => _reader(file, (nuint)file.Length, null);

    /// <summary>Reads and adds up the atom coordinates.</summary>
    public double SumCoordinates(byte[] file)
    {
        double[] sum = [0];
        _reader(file, (nuint)file.Length, sum);
        return sum[0];
    }
}
