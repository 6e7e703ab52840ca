using System.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Properties.Model;

/// <summary>Distances as Gaussians exp(-(d - mu)^2 / 0.2^2) at mu = 0, 0.2, ..., 8 A.</summary>
internal static class EdgeFeatures
{
    /// <summary>Number of features of a distance.</summary>
    public const int Count = 41;

    private const double StepAngstrom = GraphBuilder.CutoffAngstrom / (Count - 1);

    /// <summary>Writes a row for each distance.</summary>
    public static void Write<T>(ReadOnlySpan<double> distances, Tensor<T> features) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        features.Resize(distances.Length, Count);
        for (int row = 0; row < distances.Length; row++)
        {
            Span<T> target = features.Row(row);
            for (int k = 0; k < Count; k++)
            {
                double x = (distances[row] - k * StepAngstrom) / StepAngstrom;
                target[k] = T.CreateChecked(-(x * x));
            }
        }

        VectorMath.Exp(features.Values);
    }
}
