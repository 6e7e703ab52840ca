using System.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Losses;

/// <summary>Losses of numbers.</summary>
public enum RegressionLossKind
{
    /// <summary>Squares of the deviations.</summary>
    MeanSquared,

    /// <summary>Their magnitudes.</summary>
    MeanAbsolute,

    /// <summary>
    /// Half the square below a limit, beyond it linear with the slope of the limit (Huber 1964, doi 10.1214/aoms/1177703732).
    /// </summary>
    Huber,
}

/// <summary>A loss of the deviations of numbers from their targets; targets that are NaN are unknown and cost nothing.</summary>
/// <param name="Kind">The function.</param>
/// <param name="HuberLimit">Where the Huber loss becomes linear, in units of the target.</param>
public sealed record RegressionLoss(RegressionLossKind Kind, double HuberLimit = 1)
{
    /// <summary>The sum of the losses of all elements, each times the weight of its row.</summary>
    /// <param name="outputs">Outputs, a row for each sample.</param>
    /// <param name="targets">Targets of the same shape.</param>
    /// <param name="weights">Weight of each row.</param>
    /// <param name="gradient">Receives the gradient with respect to the outputs.</param>
    public double Evaluate<T>(Tensor<T> outputs, Tensor<T> targets, ReadOnlySpan<T> weights, Tensor<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(gradient);
        gradient.Resize(outputs.Rows, outputs.Columns);
        double loss = 0;
        for (int row = 0; row < outputs.Rows; row++)
        {
            double weight = double.CreateChecked(weights[row]);
            Span<T> y = outputs.Row(row), t = targets.Row(row), g = gradient.Row(row);
            for (int j = 0; j < y.Length; j++)
            {
                (double value, double slope) = T.IsNaN(t[j]) ? (0, 0) : Of(double.CreateChecked(y[j] - t[j]));
                loss += weight * value;
                g[j] = T.CreateChecked(weight * slope);
            }
        }

        return loss;
    }

    /// <summary>The loss of a deviation, and its derivative.</summary>
    public (double Value, double Slope) Of(double deviation)
    {
        double magnitude = Math.Abs(deviation);
        return Kind switch
        {
            RegressionLossKind.MeanSquared => (deviation * deviation, 2 * deviation),
            RegressionLossKind.MeanAbsolute => (magnitude, double.IsNaN(deviation) ? deviation : Math.Sign(deviation)),
            _ when magnitude <= HuberLimit => (0.5 * deviation * deviation, deviation),
            _ => (HuberLimit * (magnitude - 0.5 * HuberLimit), HuberLimit * (double.IsNaN(deviation) ? deviation : Math.Sign(deviation))),
        };
    }
}
