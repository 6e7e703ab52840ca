using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Layers;

/// <summary>
/// Sets a share of the elements to zero in training and scales up the others (Srivastava and others 2014, J. Mach. Learn. Res. 15, 1929).
/// What is dropped depends on the seed, the epoch and the sample alone.
/// </summary>
/// <param name="rate">Share that is dropped, from 0 to below 1; rounded to whole parts of 65,536.</param>
/// <param name="stream">Tells the layers of a network apart.</param>
public sealed class Dropout<T>(double rate, uint stream) : ILayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly uint _limit = (uint)Math.Round(rate * 65536);
    private readonly Tensor<T> _factor = new(), _output = new(), _inputGradient = new();
    private bool _isActive;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => [];

    /// <inheritdoc/>
    public Tensor<T> Forward(Tensor<T> input, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        _isActive = pass.IsTraining && _limit > 0;
        if (!_isActive)
            return input;
        _factor.Resize(input.Rows, input.Columns);
        _output.Resize(input.Rows, input.Columns);
        for (int row = 0; row < input.Rows; row++)
        {
            Draw(_factor.Row(row), pass, pass.Samples.Span[row]);
            Multiply(input.Row(row), _factor.Row(row), _output.Row(row));
        }

        return _output;
    }

    /// <inheritdoc/>
    public Tensor<T> Backward(Tensor<T> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        if (!_isActive)
            return outputGradient;
        _inputGradient.Resize(outputGradient.Rows, outputGradient.Columns);
        Multiply(outputGradient.Values, _factor.Values, _inputGradient.Values);
        return _inputGradient;
    }

    private static void Multiply(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> product)
    {
        for (int i = 0; i < product.Length; i++)
            product[i] = left[i] * right[i];
    }

    // Sixteen bits an element: a block of random bits serves eight.
    private void Draw(Span<T> factors, ForwardPass pass, int sample)
    {
        T kept = T.CreateChecked(65536.0 / (65536 - _limit));
        Span<uint> bits = stackalloc uint[4];
        for (int first = 0; first < factors.Length; first += 8)
        {
            CounterRandom.Block(pass.Seed, ((ulong)(uint)pass.Epoch << 32) | (uint)sample, stream, (uint)(first / 8), bits);
            Span<T> part = factors.Slice(first, Math.Min(8, factors.Length - first));
            for (int i = 0; i < part.Length; i++)
                part[i] = ((bits[i / 2] >> (16 * (i % 2))) & 0xFFFF) < _limit ? T.Zero : kept;
        }
    }
}
