namespace CrystalHpc.Learning.Layers;

/// <summary>Activation functions.</summary>
public enum ActivationKind
{
    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x, and 0.01 x below 0.</summary>
    LeakyRelu,

    /// <summary>ln(1 + e^x).</summary>
    Softplus,
}
