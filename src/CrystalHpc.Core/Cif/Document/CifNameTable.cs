using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// The names of a file (tags of all blocks, or the blocks themselves) as slices of its bytes, found by scope and name without regard
/// to ASCII letter case. One open-addressing table serves all blocks, so that neither a tag nor a block costs an allocation.
/// </summary>
/// <param name="capacity">Names to expect, a power of two.</param>
internal sealed class CifNameTable(int capacity)
{
    // Differs from process to process so that no file can be made whose names all collide. Nothing but speed depends on it.
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private PooledList<CifName> _building = new(capacity);
    private CifName[] _names = [];
    private int[] _slots = new int[capacity * 2];
    private int _occupied;

    /// <summary>Number of names added, duplicates included.</summary>
    public int Count => _building.Count;

    /// <summary>The name added last.</summary>
    public CifName Last => _building[_building.Count - 1];

    /// <summary>All names in file order, once <see cref="Complete"/> has been called.</summary>
    public ReadOnlySpan<CifName> Names => _names;

    /// <summary>Adds a name; its index is the count before.</summary>
    /// <returns>Index of the same name of the same scope when there is one, otherwise -1.</returns>
    public int Add(ReadOnlySpan<byte> file, int scope, int start, int length)
    {
        ReadOnlySpan<byte> name = file.Slice(start, length);
        uint hash = Hash(name, scope);
        int slot = Probe(_building.Items, file, name, scope, hash);
        int existing = _slots[slot] - 1;
        _building.Add(new CifName(start, length, scope, hash, existing >= 0));
        if (existing >= 0)
            return existing;
        _slots[slot] = _building.Count;
        if (++_occupied * 2 > _slots.Length)
            Rehash();
        return -1;
    }

    /// <summary>Ends the adding.</summary>
    public void Complete() => _names = _building.MoveToArray();

    /// <summary>Index of a name, or -1.</summary>
    public int Find(ReadOnlySpan<byte> file, ReadOnlySpan<byte> name, int scope) =>
        _slots[Probe(_names, file, name, scope, Hash(name, scope))] - 1;

    private int Probe(ReadOnlySpan<CifName> names, ReadOnlySpan<byte> file, ReadOnlySpan<byte> name, int scope, uint hash)
    {
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while (_slots[slot] != 0)
        {
            CifName candidate = names[_slots[slot] - 1];
            if (candidate.Hash == hash && candidate.Scope == scope && EqualIgnoringCase(file.Slice(candidate.Start, candidate.Length),
                name))
                break;
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        int mask = _slots.Length - 1;
        ReadOnlySpan<CifName> names = _building.Items;
        for (int index = 0; index < names.Length; index++)
        {
            if (names[index].IsDuplicate)
                continue;
            int slot = (int)names[index].Hash & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = index + 1;
        }
    }

    private static bool EqualIgnoringCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
            return false;
        if (Ascii.EqualsIgnoreCase(left, right))
            return true;

        // The call above says no to every byte beyond ASCII.
        for (int i = 0; i < left.Length; i++)
        {
            if (Lower(left[i]) != Lower(right[i]))
                return false;
        }

        return true;
    }

    private static byte Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;

    private static uint Hash(ReadOnlySpan<byte> name, int scope)
    {
        // Setting bit 5 merges upper and lower case; that it merges a few other characters too costs at worst a comparison.
        const ulong Fold = 0x2020_2020_2020_2020;
        ulong hash = Mix(Seed ^ ((ulong)(uint)scope << 32) ^ (uint)name.Length);
        while (name.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ (BinaryPrimitives.ReadUInt64LittleEndian(name) | Fold));
            name = name[sizeof(ulong)..];
        }

        ulong tail = 0;
        foreach (byte value in name)
            tail = (tail << 8) | value;
        hash = Mix(hash ^ (tail | Fold));
        return (uint)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value, 0x9E37_79B9_7F4A_7C15, out ulong low);
        return high ^ low ^ Seed;
    }
}
