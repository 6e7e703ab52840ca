namespace CrystalHpc.Properties.Model;

/// <summary>
/// Links between the nodes of a graph, those of node i from <c>First[i]</c> to <c>First[i + 1]</c>: bonds between atoms, with distances, or
/// angles between bonds, with cosines.
/// </summary>
/// <param name="First">Where the links of each node begin; one more than nodes.</param>
/// <param name="Neighbor">Node at the other end of each link.</param>
/// <param name="Shell">Number of its value in <paramref name="Values"/>.</param>
/// <param name="Multiplicity">How many equal links it stands for.</param>
/// <param name="Values">Values that occur: distances, A, or cosines.</param>
public sealed record GraphLinks(int[] First, int[] Neighbor, int[] Shell, int[] Multiplicity, double[] Values)
{
    /// <summary>Number of nodes.</summary>
    public int Nodes => First.Length - 1;

    /// <summary>Number of links.</summary>
    public int Count => Neighbor.Length;
}
