using System.Runtime.Intrinsics;

namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>The nearest of many candidates, by distance, then by number: the same whatever the order in which they come.</summary>
/// <param name="capacity">How many are kept.</param>
public sealed class NearestList(int capacity)
{
    private readonly int[] _indices = new int[capacity];
    private readonly float[] _distances = new float[capacity];
    private readonly int[] _tags = new int[capacity];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Candidates beyond this squared distance are not kept.</summary>
    public float Limit => Count < capacity ? float.PositiveInfinity : _distances[capacity - 1];

    /// <summary>The limits of several lists side by side; places without a list take no candidate.</summary>
    internal static Vector512<float> Limits(ReadOnlySpan<NearestList> lists)
    {
        Span<float> limits = stackalloc float[Vector512<float>.Count];
        limits.Fill(float.NegativeInfinity);
        for (int i = 0; i < lists.Length; i++)
            limits[i] = lists[i].Limit;
        return Vector512.Create<float>(limits);
    }

    /// <summary>Numbers of the candidates, the nearest first.</summary>
    public ReadOnlySpan<int> Indices => _indices.AsSpan(0, Count);

    /// <summary>Their squared distances.</summary>
    public ReadOnlySpan<float> SquaredDistances => _distances.AsSpan(0, Count);

    /// <summary>What came with them.</summary>
    public ReadOnlySpan<int> Tags => _tags.AsSpan(0, Count);

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Takes a candidate if it is among the nearest.</summary>
    public void Add(int index, float squaredDistance, int tag = 0)
    {
        if (Count == capacity && !IsBefore(squaredDistance, index, capacity - 1))
            return;
        int place = Count < capacity ? Count++ : capacity - 1;
        for (; place > 0 && IsBefore(squaredDistance, index, place - 1); place--)
            (_indices[place], _distances[place], _tags[place]) = (_indices[place - 1], _distances[place - 1], _tags[place - 1]);
        (_indices[place], _distances[place], _tags[place]) = (index, squaredDistance, tag);
    }

    private bool IsBefore(float squaredDistance, int index, int place) =>
        squaredDistance < _distances[place] || (squaredDistance == _distances[place] && index < _indices[place]);
}
