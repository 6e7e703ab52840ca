using System.Numerics;

namespace CrystalHpc.Learning.Layers;

/// <summary>
/// All parameters of a network end to end in one buffer and their gradients in another: what optimizers change, ranks add up and files
/// hold. Networks that compute parts of a batch at the same time share the values and have gradients of their own.
/// </summary>
public sealed class ParameterBuffer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _values;
    private T[] _gradient;

    /// <summary>Lays out the parameters of a network.</summary>
    /// <param name="parameters">Its parameters, in an order that does not change.</param>
    /// <exception cref="ArgumentException">Two parameters have the same name.</exception>
    public ParameterBuffer(IReadOnlyList<Parameter<T>> parameters)
        : this(parameters, new T[Total(parameters)])
    {
    }

    private ParameterBuffer(IReadOnlyList<Parameter<T>> parameters, T[] values)
    {
        (Parameters, _values, _gradient) = (parameters, values, new T[values.Length]);
        if (parameters.GroupBy(parameter => parameter.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"two parameters are called {twice.Key}", nameof(parameters));
        int offset = 0;
        foreach (Parameter<T> parameter in parameters)
        {
            parameter.ValueMemory = _values.AsMemory(offset, parameter.Length);
            offset += parameter.Length;
        }

        CollectGradient(_gradient);
    }

    /// <summary>The parameters, in the order of the buffer.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>All values.</summary>
    public Span<T> Values => _values;

    /// <summary>All gradients.</summary>
    public Span<T> Gradient => _gradient;

    /// <summary>
    /// From now on gradients are added up in this array, as long as <see cref="Values"/>: each part of a batch has its own without a copy.
    /// </summary>
    internal void CollectGradient(T[] gradient)
    {
        _gradient = gradient;
        int offset = 0;
        foreach (Parameter<T> parameter in Parameters)
        {
            parameter.GradientMemory = gradient.AsMemory(offset, parameter.Length);
            offset += parameter.Length;
        }
    }

    /// <summary>The buffer of a network of the same shape that shares these values.</summary>
    /// <exception cref="ArgumentException">The network has other parameters.</exception>
    public ParameterBuffer<T> Share(IReadOnlyList<Parameter<T>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        bool isAlike = parameters.Count == Parameters.Count
            && parameters.Zip(Parameters).All(pair => (pair.First.Name, pair.First.Rows, pair.First.Columns) == (
                pair.Second.Name, pair.Second.Rows, pair.Second.Columns));
        return isAlike ? new ParameterBuffer<T>(parameters, _values)
            : throw new ArgumentException("the two networks differ", nameof(parameters));
    }

    private static int Total(IReadOnlyList<Parameter<T>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return checked(parameters.Sum(parameter => parameter.Length));
    }
}
