using System.Numerics;

namespace CrystalHpc.Learning.Volumes;

/// <summary>The channels of two volumes one behind the other: how a skip joins. The channels of the first fill whole blocks.</summary>
public sealed class Concatenation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Volume<T> _output = new(), _firstGradient = new(), _secondGradient = new();
    private int _first, _second;

    /// <summary>The channels of both.</summary>
    /// <exception cref="ArgumentException">The channels of the first leave a block unfilled, or the volumes differ in samples or
    /// size.</exception>
    public Volume<T> Forward(Volume<T> first, Volume<T> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Channels % VolumeLanes.Of<T>() != 0 || (first.Samples, first.Size) != (second.Samples, second.Size))
            throw new ArgumentException("the two volumes do not fit together");
        (_first, _second) = (first.Channels, second.Channels);
        _output.Resize(first.Samples, _first + _second, first.Size);
        for (int sample = 0; sample < first.Samples; sample++)
        {
            Span<T> target = _output.Sample(sample);
            first.Sample(sample).CopyTo(target);
            second.Sample(sample).CopyTo(target[first.Sample(sample).Length..]);
        }

        return _output;
    }

    /// <summary>The gradients of both.</summary>
    public (Volume<T> First, Volume<T> Second) Backward(Volume<T> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        _firstGradient.Resize(outputGradient.Samples, _first, outputGradient.Size);
        _secondGradient.Resize(outputGradient.Samples, _second, outputGradient.Size);
        for (int sample = 0; sample < outputGradient.Samples; sample++)
        {
            ReadOnlySpan<T> source = outputGradient.Sample(sample);
            int length = _firstGradient.Sample(sample).Length;
            source[..length].CopyTo(_firstGradient.Sample(sample));
            source[length..].CopyTo(_secondGradient.Sample(sample));
        }

        return (_firstGradient, _secondGradient);
    }
}
