using System.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Properties.Model;

/// <summary>Numbers as Gaussians exp(-(x - mu)^2 / step^2) at evenly spaced mu.</summary>
/// <param name="First">The first mu.</param>
/// <param name="Step">From one mu to the next.</param>
/// <param name="Count">Number of them.</param>
internal sealed record GaussianBasis(double First, double Step, int Count)
{
    /// <summary>Distances: mu = 0, 0.2, ..., 8 A.</summary>
    public static GaussianBasis Distances { get; } = new(0, GraphBuilder.CutoffAngstrom / 40, 41);

    /// <summary>Cosines: mu = -1, -0.9, ..., 1.</summary>
    public static GaussianBasis Cosines { get; } = new(-1, 0.1, 21);

    /// <summary>Writes a row for each number.</summary>
    public void Write<T>(ReadOnlySpan<double> numbers, Tensor<T> features) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        features.Resize(numbers.Length, Count);
        for (int row = 0; row < numbers.Length; row++)
        {
            Span<T> target = features.Row(row);
            for (int k = 0; k < Count; k++)
            {
                double x = (numbers[row] - First - k * Step) / Step;
                target[k] = T.CreateChecked(-(x * x));
            }
        }

        VectorMath.Exp(features.Values);
    }
}
