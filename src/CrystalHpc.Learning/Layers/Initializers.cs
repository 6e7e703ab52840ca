using System.Numerics;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Learning.Layers;

/// <summary>Weights to start a training from.</summary>
public static class Initializers
{
    /// <summary>Normal with variance 2 / (inputs + outputs): for sigmoid and tanh (Glorot and Bengio 2010).</summary>
    public static void Glorot<T>(Parameter<T> weight, CounterRandom random) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(weight);
        Normal(weight, Math.Sqrt(2.0 / (weight.Rows + weight.Columns)), random);
    }

    /// <summary>
    /// Normal with variance 2 / inputs: for the rectified linear unit and its kin (He, Zhang, Ren and Sun 2015, arXiv 1502.01852).
    /// </summary>
    public static void He<T>(Parameter<T> weight, CounterRandom random) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(weight);
        Normal(weight, Math.Sqrt(2.0 / weight.Rows), random);
    }

    /// <summary>Normal with a standard deviation.</summary>
    public static void Normal<T>(Parameter<T> weight, double deviation, CounterRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(random);
        foreach (ref T value in weight.Values)
            value = T.CreateChecked(deviation * random.NextNormal());
    }
}
