using System.Numerics;
using System.Runtime.InteropServices;

namespace CrystalHpc.Learning.Volumes.Kernels;

/// <summary>
/// Direct convolution by cubes of 3 x 3 x 3: tiles of segments of rows and blocks of channels for the kernels. Each number of the output is
/// one chain of fused multiply-adds over blocks of inputs, z, y, channels and x, whatever the tiles: the bits are those of <see
/// cref="PlainConvolution"/>.
/// </summary>
internal sealed class ConvolutionProduct<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly VolumePadding _padding;
    private readonly Volume<T> _widened = new();
    private RowTable? _rows;
    private int _size;

    /// <summary>A product with a padding.</summary>
    public ConvolutionProduct(VolumePadding padding) => _padding = padding;

    /// <summary>True where the kernels can cut the rows of a grid into segments.</summary>
    public static bool Fits(int size) => size % ShortKernel512.Length == 0;

    /// <summary>Adds the convolution of a volume to another.</summary>
    /// <param name="input">The volume.</param>
    /// <param name="weights">From its channels to those of the output.</param>
    /// <param name="output">The sums, of the same samples and size.</param>
    public void Add(Volume<T> input, PackedWeights<T> weights, Volume<T> output)
    {
        RowTable table = TableOf(input.Size);
        bool isWidened = _padding == VolumePadding.Zero;
        Volume<T> source = isWidened ? Widen(input) : input;
        int[] rows = isWidened ? table.Widened : table.Grid;
        for (int sample = 0; sample < input.Samples; sample++)
        {
            // Long segments go by pairs of blocks of outputs; short ones by single blocks, whose weights stay in the first cache.
            bool isLong = input.Size % LongKernel512.Length == 0;
            for (int outputBlock = 0; outputBlock < output.Blocks; outputBlock += isLong ? 2 : 1)
            {
                bool isPair = isLong && outputBlock + 1 < output.Blocks;
                for (int inputBlock = 0; inputBlock < input.Blocks; inputBlock++)
                {
                    var tile = new Tile(
                        ref MemoryMarshal.GetReference(source.Block(sample, inputBlock)),
                        ref weights.Values[weights.Start(inputBlock, outputBlock)],
                        PackedWeights<T>.ChannelsOf(input.Channels, inputBlock),
                        ref MemoryMarshal.GetReference(output.Block(sample, outputBlock)));
                    if (isLong)
                        LongSegments(tile, rows, input.Size, isPair);
                    else
                        ShortSegments(tile, rows, input.Size);
                }
            }
        }
    }

    /// <summary>Adds to the gradient of the weights what a volume and the gradient of its convolution contribute.</summary>
    /// <param name="input">The volume.</param>
    /// <param name="outputGradient">The gradient of the loss with respect to the convolution.</param>
    /// <param name="gradient">The gradient, with all channels of every block.</param>
    public void AddWeightGradient(Volume<T> input, Volume<T> outputGradient, PackedWeights<T> gradient)
    {
        int[] rows = TableOf(input.Size).Grid;
        int rowLength = 3 * VolumeLanes.Of<T>(), kLength = rowLength * VolumeLanes.Of<T>();
        for (int sample = 0; sample < input.Samples; sample++)
        {
            for (int inputBlock = 0; inputBlock < input.Blocks; inputBlock++)
            {
                Span<T> x = input.Block(sample, inputBlock);
                int channels = PackedWeights<T>.ChannelsOf(input.Channels, inputBlock);
                for (int outputBlock = 0; outputBlock < outputGradient.Blocks; outputBlock++)
                {
                    Span<T> g = outputGradient.Block(sample, outputBlock);
                    for (int k = 0; k < RowTable.Neighbors; k++)
                    {
                        // What the kernel does beyond the last channel are zeros.
                        for (int channel = 0; channel < channels; channel += WeightKernel512.Channels)
                        {
                            int place = gradient.Start(inputBlock, outputBlock) + k * kLength + channel * rowLength;
                            WeightKernel512.Run(
                                ref x[channel], ref MemoryMarshal.GetReference(g), ref rows[k], input.Size,
                                _padding == VolumePadding.Periodic,
                                ref gradient.Values[place]);
                        }
                    }
                }
            }
        }
    }

    private void LongSegments(Tile tile, int[] rows, int size, bool isPair)
    {
        int perRow = size / LongKernel512.Length, segments = size * size * perRow, step = isPair ? 1 : 2;
        int block = size * size * size * VolumeLanes.Of<T>();
        for (int segment = 0; segment < segments; segment += step)
        {
            int other = isPair ? segment : segment + 1;
            LongKernel512.Run(
                ref tile.Input, ref tile.Weights, tile.Channels, ref tile.Output,
                Segment(rows, size, LongKernel512.Length, segment, 0, 0),
                Segment(rows, size, LongKernel512.Length, other, isPair ? block : 0, isPair ? PackedWeights<T>.PairLength : 0));
        }
    }

    private void ShortSegments(Tile tile, int[] rows, int size)
    {
        int segments = size * size * (size / ShortKernel512.Length);
        for (int segment = 0; segment < segments; segment += 4)
        {
            ShortKernel512.Run(
                ref tile.Input, ref tile.Weights, tile.Channels, ref tile.Output,
                Segment(rows, size, ShortKernel512.Length, segment, 0, 0), Segment(rows, size, ShortKernel512.Length, segment + 1, 0, 0),
                Segment(rows, size, ShortKernel512.Length, segment + 2, 0, 0),
                Segment(rows, size, ShortKernel512.Length, segment + 3, 0, 0));
        }
    }

    private RowSegment Segment(int[] rows, int size, int length, int number, int block, int weights)
    {
        int perRow = size / length, lanes = VolumeLanes.Of<T>(), row = number / perRow, start = number % perRow * length;
        bool isPeriodic = _padding == VolumePadding.Periodic;
        int left = isPeriodic && start == 0 ? size - 1 : -1, right = isPeriodic && start + length == size ? -start : length;
        return new RowSegment(
            rows.AsSpan(row * RowTable.Neighbors, RowTable.Neighbors), start * lanes, left * lanes, right * lanes,
            (row * size + start) * lanes + block, weights);
    }

    private RowTable TableOf(int size)
    {
        if (_rows is null || _size != size)
            (_rows, _size) = (new RowTable(size, VolumeLanes.Of<T>(), _padding), size);
        return _rows;
    }

    private Volume<T> Widen(Volume<T> input)
    {
        int size = input.Size, lanes = VolumeLanes.Of<T>();
        _widened.Resize(input.Samples, input.Channels, size + 2);
        _widened.Values.Clear();
        for (int sample = 0; sample < input.Samples; sample++)
        {
            for (int block = 0; block < input.Blocks; block++)
            {
                ReadOnlySpan<T> source = input.Block(sample, block);
                Span<T> target = _widened.Block(sample, block);
                for (int row = 0; row < size * size; row++)
                {
                    int start = (((row / size + 1) * (size + 2) + row % size + 1) * (size + 2) + 1) * lanes;
                    source.Slice(row * size * lanes, size * lanes).CopyTo(target[start..]);
                }
            }
        }

        return _widened;
    }

    private readonly ref struct Tile(ref T input, ref T weights, int channels, ref T output)
    {
        public readonly ref T Input = ref input;
        public readonly ref T Weights = ref weights;
        public readonly ref T Output = ref output;

        public int Channels { get; } = channels;
    }
}
