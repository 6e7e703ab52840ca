using System.Numerics;

namespace CrystalHpc.Learning.Tensors;

/// <summary>
/// Rows of numbers, stored one after another: a row is a sample, an atom or a voxel; what its columns are is known to who made it. The
/// buffer is kept when the size changes, so that batches of any size pass through a network without allocation.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Tensor<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _buffer = [];

    /// <summary>A tensor without rows.</summary>
    public Tensor()
    {
    }

    /// <summary>A tensor of zeros.</summary>
    public Tensor(int rows, int columns) => Resize(rows, columns);

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; private set; }

    /// <summary>All values, row after row.</summary>
    public Span<T> Values => _buffer.AsSpan(0, Rows * Columns);

    /// <summary>The values of a row.</summary>
    public Span<T> Row(int row) => _buffer.AsSpan(0, Rows * Columns).Slice(row * Columns, Columns);

    /// <summary>Changes the size; the values are undefined until they are written.</summary>
    public void Resize(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        int length = checked(rows * columns);
        if (length > _buffer.Length)
            _buffer = new T[length];
        (Rows, Columns) = (rows, columns);
    }

    /// <summary>Takes the size and the values of another tensor.</summary>
    public void CopyFrom(Tensor<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Resize(other.Rows, other.Columns);
        other.Values.CopyTo(Values);
    }
}
