namespace CrystalHpc.Properties.Model;

/// <summary>The links of several graphs, end to end. Buffers are kept, so that batches pass without allocation.</summary>
internal sealed class LinkBatch
{
    private int[] _first = [0], _neighbor = [], _shell = [];
    private double[] _weight = [], _values = [];

    /// <summary>Number of nodes, of links, of values.</summary>
    public (int Nodes, int Links, int Values) Counts { get; private set; }

    /// <summary>Where the links of each node begin.</summary>
    public ReadOnlySpan<int> First => _first.AsSpan(0, Counts.Nodes + 1);

    /// <summary>The neighbor of each link.</summary>
    public ReadOnlySpan<int> Neighbor => _neighbor.AsSpan(0, Counts.Links);

    /// <summary>The number of each link's value.</summary>
    public ReadOnlySpan<int> Shell => _shell.AsSpan(0, Counts.Links);

    /// <summary>How much each link counts: its multiplicity, times how much of the neighbor is there.</summary>
    public Span<double> Weight => _weight.AsSpan(0, Counts.Links);

    /// <summary>The values.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Counts.Values);

    /// <summary>Forgets all links, and makes room for so many.</summary>
    public void Clear(int nodes, int links, int values)
    {
        Counts = default;
        Buffers.Reserve(ref _first, nodes + 1);
        Buffers.Reserve(ref _neighbor, links);
        Buffers.Reserve(ref _shell, links);
        Buffers.Reserve(ref _weight, links);
        Buffers.Reserve(ref _values, values);
    }

    /// <summary>Adds the links of a graph.</summary>
    public void Append(GraphLinks links)
    {
        (int node, int link, int value) = Counts;
        links.Values.CopyTo(_values, value);
        for (int k = 0; k < links.Nodes; k++)
            _first[node + k + 1] = link + links.First[k + 1];
        for (int k = 0; k < links.Count; k++)
        {
            (_neighbor[link + k], _shell[link + k]) = (node + links.Neighbor[k], value + links.Shell[k]);
            _weight[link + k] = links.Multiplicity[k];
        }

        Counts = (node + links.Nodes, link + links.Count, value + links.Values.Length);
    }
}

/// <summary>Buffers that grow.</summary>
internal static class Buffers
{
    /// <summary>Makes a buffer long enough; what it held is lost.</summary>
    public static void Reserve<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new T[length + length / 2];
    }
}
