using System.Numerics;
using CrystalHpc.Generation.Data;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Generation.Model;

/// <summary>Conditions as ones among zeros behind other inputs.</summary>
internal static class Conditions
{
    /// <summary>Number of conditions.</summary>
    public const int Count = EnergyDeciles.Count;

    /// <summary>Puts rows and their conditions side by side.</summary>
    public static void Join<T>(ReadOnlySpan<T> rows, int width, ReadOnlySpan<int> conditions, Tensor<T> joined)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        joined.Resize(conditions.Length, width + Count);
        joined.Values.Clear();
        for (int row = 0; row < conditions.Length; row++)
        {
            rows.Slice(row * width, width).CopyTo(joined.Row(row));
            joined.Row(row)[width + conditions[row]] = T.One;
        }
    }
}
