using System.Buffers;
using System.Runtime.CompilerServices;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// A list that grows in pooled arrays and ends as one array of the exact size, so that reading many files leaves little garbage.
/// </summary>
internal struct PooledList<T>(int capacity)
    where T : unmanaged
{
    private T[] _items = ArrayPool<T>.Shared.Rent(capacity);

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>The item at an index, by reference.</summary>
    public readonly ref T this[int index] => ref _items[index];

    /// <summary>The items so far; valid until the next <see cref="Add"/>.</summary>
    public readonly ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    /// <summary>Appends an item.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item)
    {
        T[] items = _items;
        int count = Count;
        if ((uint)count >= (uint)items.Length)
            items = Grow();
        items[count] = item;
        Count = count + 1;
    }

    /// <summary>Drops the last item.</summary>
    public void RemoveLast() => Count--;

    /// <summary>Copies the items out and gives the pooled array back: the list must not be used afterwards.</summary>
    public T[] MoveToArray()
    {
        T[] result = GC.AllocateUninitializedArray<T>(Count);
        Items.CopyTo(result);
        ArrayPool<T>.Shared.Return(_items);
        _items = [];
        Count = 0;
        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T[] Grow()
    {
        T[] larger = ArrayPool<T>.Shared.Rent(checked(_items.Length * 2));
        Items.CopyTo(larger);
        ArrayPool<T>.Shared.Return(_items);
        return _items = larger;
    }
}
