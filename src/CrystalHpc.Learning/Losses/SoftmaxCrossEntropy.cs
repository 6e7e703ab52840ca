using System.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Losses;

/// <summary>Softmax of logits, and its cross-entropy with a distribution over classes: -sum_k t_k ln softmax(z)_k.</summary>
public static class SoftmaxCrossEntropy
{
    /// <summary>Replaces logits by probabilities. A shift of all logits changes nothing, and large ones do not overflow.</summary>
    public static void Softmax<T>(Span<T> logits) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.NegativeInfinity;
        foreach (T logit in logits)
            largest = T.Max(largest, logit);
        foreach (ref T logit in logits)
            logit -= largest;
        VectorMath.Exp(logits);
        T sum = T.Zero;
        foreach (T value in logits)
            sum += value;
        VectorSpan.Scale(T.One / sum, logits);
    }

    /// <summary>The sum of the losses of all rows, each times its weight.</summary>
    /// <param name="logits">Logits, a row for each sample.</param>
    /// <param name="targets">Distributions over the classes; rows that add up to 1.</param>
    /// <param name="weights">Weight of each row.</param>
    /// <param name="gradient">Receives the gradient with respect to the logits.</param>
    public static double Evaluate<T>(Tensor<T> logits, Tensor<T> targets, ReadOnlySpan<T> weights, Tensor<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(gradient);
        gradient.CopyFrom(logits);
        double loss = 0;
        for (int row = 0; row < logits.Rows; row++)
        {
            Span<T> p = gradient.Row(row), t = targets.Row(row);
            Softmax(p);
            double rowLoss = 0;
            for (int k = 0; k < p.Length; k++)
            {
                // A class that never occurs adds nothing, however improbable it is.
                if (t[k] > T.Zero)
                    rowLoss -= double.CreateChecked(t[k]) * CrystalHpc.Core.Numerics.PortableMath.Log(
                        double.CreateChecked(T.Max(p[k], Smallest<T>())));
                p[k] = weights[row] * (p[k] - t[k]);
            }

            loss += double.CreateChecked(weights[row]) * rowLoss;
        }

        return loss;
    }

    // The least probability whose logarithm is taken: a hopeless row must not make the loss infinite.
    private static T Smallest<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateChecked(1e-37);
}
