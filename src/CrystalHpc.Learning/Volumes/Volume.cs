using System.Numerics;

namespace CrystalHpc.Learning.Volumes;

/// <summary>
/// Channels over cubic grids, one grid a sample. Channels lie in blocks of <see cref="VolumeLanes"/>, the numbers of a block side by side:
/// the shape is
/// [sample][block][z][y][x][lane]. Lanes beyond the last channel are zero, and layers keep them so. The buffer is kept when the size
/// changes.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Volume<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int Lanes = VolumeLanes.Of<T>();

    private T[] _buffer = [];

    /// <summary>A volume without samples.</summary>
    public Volume()
    {
    }

    /// <summary>A volume of zeros.</summary>
    public Volume(int samples, int channels, int size) => Resize(samples, channels, size);

    /// <summary>Number of samples.</summary>
    public int Samples { get; private set; }

    /// <summary>Number of channels.</summary>
    public int Channels { get; private set; }

    /// <summary>Voxels along an edge.</summary>
    public int Size { get; private set; }

    /// <summary>Voxels of a sample.</summary>
    public int Voxels => Size * Size * Size;

    /// <summary>Number of blocks of channels.</summary>
    public int Blocks => VolumeLanes.Blocks<T>(Channels);

    /// <summary>Numbers of a block of a sample.</summary>
    public int BlockLength => Voxels * Lanes;

    /// <summary>All numbers, also those of lanes without a channel.</summary>
    public Span<T> Values => _buffer.AsSpan(0, Samples * Blocks * BlockLength);

    /// <summary>The numbers of a block of a sample.</summary>
    public Span<T> Block(int sample, int block) => _buffer.AsSpan((sample * Blocks + block) * BlockLength, BlockLength);

    /// <summary>The numbers of a sample.</summary>
    public Span<T> Sample(int sample) => _buffer.AsSpan(sample * Blocks * BlockLength, Blocks * BlockLength);

    /// <summary>Changes the shape; the values are undefined until they are written.</summary>
    public void Resize(int samples, int channels, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        int length = checked(samples * VolumeLanes.Blocks<T>(channels) * size * size * size * Lanes);
        if (length > _buffer.Length)
            _buffer = new T[length];
        (Samples, Channels, Size) = (samples, channels, size);
    }

    /// <summary>Takes the shape of another volume; the values are undefined until they are written.</summary>
    public void ResizeAs(Volume<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Resize(other.Samples, other.Channels, other.Size);
    }

    /// <summary>Takes the shape and the values of another volume.</summary>
    public void CopyFrom(Volume<T> other)
    {
        ResizeAs(other);
        other.Values.CopyTo(Values);
    }

    /// <summary>Writes a channel of a sample.</summary>
    /// <param name="sample">Number of the sample.</param>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="values">Its numbers, [z][y][x].</param>
    public void SetChannel(int sample, int channel, ReadOnlySpan<T> values)
    {
        Span<T> block = Block(sample, channel / Lanes)[(channel % Lanes)..];
        for (int voxel = 0; voxel < Voxels; voxel++)
            block[voxel * Lanes] = values[voxel];
    }

    /// <summary>Reads a channel of a sample.</summary>
    /// <param name="sample">Number of the sample.</param>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="values">Receives its numbers, [z][y][x].</param>
    public void GetChannel(int sample, int channel, Span<T> values)
    {
        ReadOnlySpan<T> block = Block(sample, channel / Lanes)[(channel % Lanes)..];
        for (int voxel = 0; voxel < Voxels; voxel++)
            values[voxel] = block[voxel * Lanes];
    }
}
