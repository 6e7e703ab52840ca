using System.Numerics;
using System.Runtime.InteropServices;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Learning.Models;

/// <summary>A tensor of a file: its numbers row after row, little-endian.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its numbers.</param>
/// <param name="Shape">Its sizes; none: a single number.</param>
/// <param name="Bytes">Its numbers.</param>
public sealed record StoredTensor(string Name, ElementType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A tensor of numbers of double, float, long, int or byte.</summary>
    /// <exception cref="ArgumentException">The shape holds another number of numbers, or they have another type.</exception>
    public static StoredTensor Of<T>(string name, ReadOnlySpan<T> values, params IReadOnlyList<long> shape) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Aggregate(1L, (count, size) => checked(count * size)) != values.Length)
            throw new ArgumentException($"{name}: the shape does not hold {values.Length} numbers", nameof(shape));
        return new StoredTensor(name, TypeOf<T>(), shape, MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>The parameters of a network.</summary>
    public static IReadOnlyList<StoredTensor> All<T>(ParameterBuffer<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return [.. parameters.Parameters.Select(parameter => Of<T>(parameter.Name, parameter.Values, parameter.Rows, parameter.Columns))];
    }

    /// <summary>The numbers.</summary>
    /// <exception cref="ArgumentException">They have another type.</exception>
    public T[] Values<T>() where T : unmanaged =>
        Type == TypeOf<T>() ? MemoryMarshal.Cast<byte, T>(Bytes.Span).ToArray() : throw new ArgumentException($"{Name} holds {Type}");

    /// <summary>Bytes of a number.</summary>
    internal static int SizeOf(ElementType type) => type switch { ElementType.F64 or ElementType.I64 => 8, ElementType.U8 => 1, _ => 4 };

    /// <summary>True when no number is NaN or infinite.</summary>
    internal bool IsFinite() => Type switch
    {
        ElementType.F64 => !MemoryMarshal.Cast<byte, double>(Bytes.Span).ToArray().Any(value => !double.IsFinite(value)),
        ElementType.F32 => !MemoryMarshal.Cast<byte, float>(Bytes.Span).ToArray().Any(value => !float.IsFinite(value)),
        _ => true,
    };

    private static ElementType TypeOf<T>() =>
        typeof(T) == typeof(double) ? ElementType.F64
        : typeof(T) == typeof(float) ? ElementType.F32
        : typeof(T) == typeof(long) ? ElementType.I64
        : typeof(T) == typeof(int) ? ElementType.I32
        : typeof(T) == typeof(byte) ? ElementType.U8
        : throw new ArgumentException($"a file holds no tensors of {typeof(T).Name}");
}
