namespace CrystalHpc.Core.Symmetry;

/// <summary>Numbers the kinds of atoms from 0, the rarest first; of equally rare ones that whose first atom comes first.</summary>
internal sealed class KindGroups
{
    private long[] _keys = [];
    private long[] _runs = [];
    private int[] _groups = [];
    private int _atoms;

    /// <summary>Number of kinds.</summary>
    public int Count { get; private set; }

    /// <summary>The first atom of group 0.</summary>
    public int Reference { get; private set; }

    /// <summary>The group of each atom.</summary>
    public ReadOnlySpan<int> Groups => _groups.AsSpan(0, _atoms);

    /// <summary>Groups the atoms, of which there is at least one.</summary>
    public void Load(ReadOnlySpan<int> kinds)
    {
        int atoms = _atoms = kinds.Length;
        if (_keys.Length < atoms)
            (_keys, _runs, _groups) = (new long[atoms], new long[atoms], new int[atoms]);
        // Kind in the upper half, atom in the lower: sorted, atoms of a kind stand together and in order.
        for (int atom = 0; atom < atoms; atom++)
            _keys[atom] = (long)kinds[atom] << 32 | (uint)atom;
        Array.Sort(_keys, 0, atoms);
        Count = 0;
        for (int from = 0, to; from < atoms; from = to)
        {
            for (to = from + 1; to < atoms && _keys[to] >> 32 == _keys[from] >> 32;)
                to++;
            // Its size before its first atom.
            _runs[Count++] = (long)(to - from) << 32 | (uint)_keys[from];
        }

        Array.Sort(_runs, 0, Count);
        Reference = (int)(uint)_runs[0];
        for (int group = 0; group < Count; group++)
        {
            int kind = kinds[(int)(uint)_runs[group]];
            int at = Array.BinarySearch(_keys, 0, atoms, (long)kind << 32 | (uint)_runs[group]);
            for (; at < atoms && _keys[at] >> 32 == kind; at++)
                _groups[(int)(uint)_keys[at]] = group;
        }
    }
}
