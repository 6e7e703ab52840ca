namespace CrystalHpc.Learning.Layers;

/// <summary>What a parameter of a network is to its training.</summary>
public enum ParameterKind
{
    /// <summary>A weight: follows the gradient and decays.</summary>
    Weight,

    /// <summary>A weight that does not decay: biases, scales and shifts, embeddings.</summary>
    Bias,

    /// <summary>A running statistic of the data: its "gradient" is the statistic of the samples seen, and it follows their mean.</summary>
    Statistic,
}

/// <summary>
/// A tensor of parameters, as rows and columns, and its gradient; both lie in the buffers of <see cref="ParameterBuffer{T}"/>.
/// </summary>
/// <param name="name">Name within its layer, such as <c>weight</c>; layers put a name of their own before it.</param>
/// <param name="rows">Number of rows.</param>
/// <param name="columns">Number of columns.</param>
/// <param name="kind">What it is to the training.</param>
/// <param name="rateFactor">Its learning rate in units of that of the training.</param>
public sealed class Parameter<T>(string name, int rows, int columns, ParameterKind kind, double rateFactor = 1)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Number of rows.</summary>
    public int Rows { get; } = rows;

    /// <summary>Number of columns.</summary>
    public int Columns { get; } = columns;

    /// <summary>What it is to the training.</summary>
    public ParameterKind Kind { get; } = kind;

    /// <summary>Its learning rate in units of that of the training.</summary>
    public double RateFactor { get; } = rateFactor;

    /// <summary>Number of values.</summary>
    public int Length => Rows * Columns;

    /// <summary>The values, row after row.</summary>
    public Span<T> Values => ValueMemory.Span;

    /// <summary>The gradient of the loss with respect to the values.</summary>
    public Span<T> Gradient => GradientMemory.Span;

    internal Memory<T> ValueMemory { get; set; }

    internal Memory<T> GradientMemory { get; set; }
}
