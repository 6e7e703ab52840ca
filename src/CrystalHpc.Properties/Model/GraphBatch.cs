namespace CrystalHpc.Properties.Model;

/// <summary>Several graphs as one, end to end. Buffers are kept, so that batches pass without allocation.</summary>
internal sealed class GraphBatch
{
    private readonly List<SharedPlace> _shared = [];
    private byte[] _elements = [];
    private double[] _occupancy = [];
    private int[] _firstAtom = [0];

    /// <summary>Number of graphs and of atoms.</summary>
    public (int Graphs, int Atoms) Counts { get; private set; }

    /// <summary>Element of each atom.</summary>
    public ReadOnlySpan<byte> Elements => _elements.AsSpan(0, Counts.Atoms);

    /// <summary>How much of each atom is there, 0 to 1.</summary>
    public ReadOnlySpan<double> Occupancy => _occupancy.AsSpan(0, Counts.Atoms);

    /// <summary>Places that elements share.</summary>
    public IReadOnlyList<SharedPlace> Shared => _shared;

    /// <summary>Bonds between atoms.</summary>
    public LinkBatch Bonds { get; } = new();

    /// <summary>Angles between bonds; none where graphs have none.</summary>
    public LinkBatch Angles { get; } = new();

    /// <summary>Where the atoms of each graph begin.</summary>
    public ReadOnlySpan<int> FirstAtom => _firstAtom.AsSpan(0, Counts.Graphs + 1);

    /// <summary>Takes up graphs.</summary>
    /// <param name="graphs">All graphs.</param>
    /// <param name="numbers">Those that are taken.</param>
    public void Load(IReadOnlyList<CrystalGraph> graphs, ReadOnlySpan<int> numbers)
    {
        (int atoms, int bonds, int distances, int angles, int cosines) = (0, 0, 0, 0, 0);
        foreach (int number in numbers)
        {
            CrystalGraph graph = graphs[number];
            (atoms, bonds, distances) = (atoms + graph.Atoms, bonds + graph.Bonds.Count, distances + graph.Bonds.Values.Length);
            if (graph.Angles is { } own)
                (angles, cosines) = (angles + own.Count, cosines + own.Values.Length);
        }

        Buffers.Reserve(ref _elements, atoms);
        Buffers.Reserve(ref _occupancy, atoms);
        Buffers.Reserve(ref _firstAtom, numbers.Length + 1);
        Bonds.Clear(atoms, bonds, distances);
        Angles.Clear(bonds, angles, cosines);
        _shared.Clear();
        int atom = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            CrystalGraph graph = graphs[numbers[i]];
            graph.Elements.CopyTo(_elements, atom);
            Bonds.Append(graph.Bonds);
            if (graph.Angles is { } own)
                Angles.Append(own);
            foreach (SharedPlace place in graph.Shared)
                _shared.Add(place with { Atom = atom + place.Atom });
            atom += graph.Atoms;
            _firstAtom[i + 1] = atom;
        }

        Counts = (numbers.Length, atoms);
        Occupy();
    }

    // What is not there sends nothing, and does not count in the mean over the atoms.
    private void Occupy()
    {
        _occupancy.AsSpan(0, Counts.Atoms).Fill(1);
        if (_shared.Count == 0)
            return;
        foreach (SharedPlace place in _shared)
            _occupancy[place.Atom] = place.Occupancy;
        for (int bond = 0; bond < Bonds.Counts.Links; bond++)
            Bonds.Weight[bond] *= _occupancy[Bonds.Neighbor[bond]];
    }
}
