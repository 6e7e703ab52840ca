using System.Runtime.Intrinsics;

namespace CrystalHpc.Learning.Volumes;

/// <summary>Channels of a block of a <see cref="Volume{T}"/>: the numbers in a vector of 512 bits, whatever the processor.</summary>
public static class VolumeLanes
{
    /// <summary>Channels of a block.</summary>
    public static int Of<T>() => Vector512<T>.Count;

    /// <summary>Blocks that hold so many channels.</summary>
    public static int Blocks<T>(int channels) => (channels + Of<T>() - 1) / Of<T>();
}
