using System.Numerics;

namespace CrystalHpc.Learning.Volumes.Kernels;

/// <summary>
/// The weights of a convolution as its kernels read them: [block of inputs][block of outputs][neighboring row][channel of the block][3
/// along x][lane]. Lanes without an output are zero.
/// </summary>
internal sealed class PackedWeights<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _values = [];
    private int _outputBlocks;

    /// <summary>All values.</summary>
    public Span<T> Values => _values;

    /// <summary>Values of a pair of blocks.</summary>
    public static int PairLength => 27 * VolumeLanes.Of<T>() * VolumeLanes.Of<T>();

    /// <summary>Where the weights of a pair of blocks begin.</summary>
    public int Start(int inputBlock, int outputBlock) => (inputBlock * _outputBlocks + outputBlock) * PairLength;

    /// <summary>Packs the weights that lead from inputs to outputs.</summary>
    /// <param name="weights">The weights: [input][z][y][x][output].</param>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    public void Load(ReadOnlySpan<T> weights, int inputs, int outputs)
    {
        Clear(inputs, outputs);
        int lanes = VolumeLanes.Of<T>();
        for (int input = 0; input < inputs; input++)
        {
            int channels = ChannelsOf(inputs, input / lanes);
            for (int tap = 0; tap < 27; tap++)
            {
                ReadOnlySpan<T> source = weights.Slice((input * 27 + tap) * outputs, outputs);
                for (int block = 0; block < _outputBlocks; block++)
                {
                    ReadOnlySpan<T> part = source.Slice(block * lanes, Math.Min(lanes, outputs - block * lanes));
                    part.CopyTo(_values.AsSpan(Place(input, channels, tap, block)));
                }
            }
        }
    }

    /// <summary>Packs the weights that lead back from outputs to inputs: mirrored, and the two sides exchanged.</summary>
    /// <param name="weights">The weights: [input][z][y][x][output].</param>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    public void LoadReversed(ReadOnlySpan<T> weights, int inputs, int outputs)
    {
        Clear(outputs, inputs);
        int lanes = VolumeLanes.Of<T>();
        for (int output = 0; output < outputs; output++)
        {
            int channels = ChannelsOf(outputs, output / lanes);
            for (int tap = 0; tap < 27; tap++)
            {
                for (int block = 0; block < _outputBlocks; block++)
                {
                    Span<T> target = _values.AsSpan(Place(output, channels, tap, block), Math.Min(lanes, inputs - block * lanes));
                    int source = (block * lanes * 27 + 26 - tap) * outputs + output;
                    for (int lane = 0; lane < target.Length; lane++)
                        target[lane] = weights[source + lane * 27 * outputs];
                }
            }
        }
    }

    /// <summary>Makes room for weights, all zero.</summary>
    public void Clear(int inputs, int outputs)
    {
        int length = VolumeLanes.Blocks<T>(inputs) * VolumeLanes.Blocks<T>(outputs) * PairLength;
        _outputBlocks = VolumeLanes.Blocks<T>(outputs);
        if (_values.Length == length)
            Array.Clear(_values);
        else
            _values = new T[length];
    }

    /// <summary>Adds what was gathered here as if every block had all its channels, to weights [input][z][y][x][output].</summary>
    public void AddTo(Span<T> weights, int inputs, int outputs)
    {
        int lanes = VolumeLanes.Of<T>();
        for (int input = 0; input < inputs; input++)
        {
            for (int tap = 0; tap < 27; tap++)
            {
                Span<T> target = weights.Slice((input * 27 + tap) * outputs, outputs);
                for (int block = 0; block < _outputBlocks; block++)
                {
                    Span<T> part = target.Slice(block * lanes, Math.Min(lanes, outputs - block * lanes));
                    Tensors.VectorSpan.Add<T>(_values.AsSpan(Place(input, lanes, tap, block), part.Length), part);
                }
            }
        }
    }

    /// <summary>Channels of a block of inputs.</summary>
    public static int ChannelsOf(int inputs, int block) => Math.Min(VolumeLanes.Of<T>(), inputs - block * VolumeLanes.Of<T>());

    private int Place(int input, int channels, int tap, int outputBlock)
    {
        int lanes = VolumeLanes.Of<T>();
        return Start(input / lanes, outputBlock) + ((tap / 3 * channels + input % lanes) * 3 + tap % 3) * lanes;
    }
}
