using System.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Losses;

/// <summary>Cross-entropy of yes and no with sigmoid(z): -t ln p - (1 - t) ln(1 - p), in the form that does not overflow.</summary>
public static class SigmoidCrossEntropy
{
    /// <summary>The sum of the losses, each times the weight.</summary>
    /// <param name="logits">z.</param>
    /// <param name="targets">t, 0 or 1, or between.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="gradient">Receives the gradient with respect to the logits.</param>
    public static double Evaluate<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, T weight, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // ln(1 + e^z) - t z.
        logits.CopyTo(gradient);
        VectorMath.Softplus(gradient);
        double loss = 0;
        for (int i = 0; i < gradient.Length; i++)
            loss += double.CreateChecked(gradient[i] - targets[i] * logits[i]);
        logits.CopyTo(gradient);
        VectorMath.Sigmoid(gradient);
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = weight * (gradient[i] - targets[i]);
        return loss * double.CreateChecked(weight);
    }
}
