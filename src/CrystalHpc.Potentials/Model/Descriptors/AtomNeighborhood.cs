namespace CrystalHpc.Potentials.Model.Descriptors;

/// <summary>
/// The neighbors of one atom by column, those of one element side by side, each element in whole vectors: what fills the last one lies
/// beyond every cutoff. Images of one atom share a <em>slot</em>; the atom itself has slot 0.
/// </summary>
internal sealed class AtomNeighborhood
{
    /// <summary>The atom.</summary>
    public int Center { get; set; }

    /// <summary>Number of its element.</summary>
    public int CenterElement { get; set; }

    /// <summary>Where the neighbors of each element begin, and behind the last where all end; multiples of a vector.</summary>
    public int[] Start { get; } = new int[Core.Elements.Element.Count + 1];

    /// <summary>Number of neighbors of each element.</summary>
    public int[] Count { get; } = new int[Core.Elements.Element.Count];

    /// <summary>Direction to the neighbor.</summary>
    public double[] X { get; private set; } = [];

    /// <inheritdoc cref="X"/>
    public double[] Y { get; private set; } = [];

    /// <inheritdoc cref="X"/>
    public double[] Z { get; private set; } = [];

    /// <summary>Distance, A.</summary>
    public double[] R { get; private set; } = [];

    /// <summary>Slot of each neighbor.</summary>
    public int[] Slot { get; private set; } = [];

    /// <summary>The atom of each slot.</summary>
    public int[] Atoms { get; private set; } = [];

    /// <summary>Number of slots.</summary>
    public int SlotCount { get; set; }

    /// <summary>Lays out room by the numbers in <see cref="Count"/>.</summary>
    /// <param name="elements">Number of elements.</param>
    /// <param name="cutoff">The largest cutoff, A.</param>
    public void Prepare(int elements, double cutoff)
    {
        int places = 0, neighbors = 0;
        for (int element = 0; element < elements; element++)
        {
            Start[element] = places;
            neighbors += Count[element];
            places += (Count[element] + CenterPlan.Lanes - 1) / CenterPlan.Lanes * CenterPlan.Lanes;
        }

        Start[elements] = places;
        if (X.Length < places)
        {
            int size = places + places / 4;
            (X, Y, Z, R, Slot) = (new double[size], new double[size], new double[size], new double[size], new int[size]);
        }

        if (Atoms.Length < neighbors + 1)
            Atoms = new int[neighbors + neighbors / 4 + 1];
        for (int element = 0; element < elements; element++)
        {
            for (int i = Start[element] + Count[element]; i < Start[element + 1]; i++)
                (X[i], Y[i], Z[i], R[i], Slot[i]) = (0, 0, 0, 2 * cutoff, 0);
        }
    }
}
