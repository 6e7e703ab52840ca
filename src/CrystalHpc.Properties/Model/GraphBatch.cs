namespace CrystalHpc.Properties.Model;

/// <summary>Several graphs as one, end to end. Buffers are kept, so that batches pass without allocation.</summary>
internal sealed class GraphBatch
{
    private byte[] _elements = [];
    private int[] _firstBond = [0], _neighbor = [], _shell = [], _firstAtom = [0];
    private int[] _multiplicity = [];
    private double[] _distances = [];

    /// <summary>Number of graphs, of atoms, of bonds, of shells.</summary>
    public (int Graphs, int Atoms, int Bonds, int Shells) Counts { get; private set; }

    /// <summary>Element of each atom.</summary>
    public ReadOnlySpan<byte> Elements => _elements.AsSpan(0, Counts.Atoms);

    /// <summary>Where the bonds of each atom begin.</summary>
    public ReadOnlySpan<int> FirstBond => _firstBond.AsSpan(0, Counts.Atoms + 1);

    /// <summary>The neighbor of each bond.</summary>
    public ReadOnlySpan<int> Neighbor => _neighbor.AsSpan(0, Counts.Bonds);

    /// <summary>The shell of each bond.</summary>
    public ReadOnlySpan<int> Shell => _shell.AsSpan(0, Counts.Bonds);

    /// <summary>The multiplicity of each bond.</summary>
    public ReadOnlySpan<int> Multiplicity => _multiplicity.AsSpan(0, Counts.Bonds);

    /// <summary>The distance of each shell.</summary>
    public ReadOnlySpan<double> Distances => _distances.AsSpan(0, Counts.Shells);

    /// <summary>Where the atoms of each graph begin.</summary>
    public ReadOnlySpan<int> FirstAtom => _firstAtom.AsSpan(0, Counts.Graphs + 1);

    /// <summary>Takes up graphs.</summary>
    /// <param name="graphs">All graphs.</param>
    /// <param name="numbers">Those that are taken.</param>
    public void Load(IReadOnlyList<CrystalGraph> graphs, ReadOnlySpan<int> numbers)
    {
        (int atoms, int bonds, int shells) = (0, 0, 0);
        foreach (int number in numbers)
            (atoms, bonds, shells) = (atoms + graphs[number].Atoms, bonds + graphs[number].Bonds, shells + graphs[number].Distances.Length);
        Reserve(ref _elements, atoms);
        Reserve(ref _firstBond, atoms + 1);
        Reserve(ref _neighbor, bonds);
        Reserve(ref _shell, bonds);
        Reserve(ref _multiplicity, bonds);
        Reserve(ref _distances, shells);
        Reserve(ref _firstAtom, numbers.Length + 1);
        (int atom, int bond, int distance) = (0, 0, 0);
        for (int i = 0; i < numbers.Length; i++)
        {
            CrystalGraph graph = graphs[numbers[i]];
            graph.Elements.CopyTo(_elements, atom);
            graph.Multiplicity.CopyTo(_multiplicity, bond);
            graph.Distances.CopyTo(_distances, distance);
            for (int k = 0; k < graph.Atoms; k++)
                _firstBond[atom + k + 1] = bond + graph.FirstBond[k + 1];
            for (int k = 0; k < graph.Bonds; k++)
                (_neighbor[bond + k], _shell[bond + k]) = (atom + graph.Neighbor[k], distance + graph.Shell[k]);
            (atom, bond, distance) = (atom + graph.Atoms, bond + graph.Bonds, distance + graph.Distances.Length);
            _firstAtom[i + 1] = atom;
        }

        Counts = (numbers.Length, atoms, bonds, shells);
    }

    private static void Reserve<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new T[length + length / 2];
    }
}
