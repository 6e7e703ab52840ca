using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Model.Descriptors;

/// <summary>
/// The atoms of a frame and their neighbors within a cutoff, for crystals, slabs, wires and clusters. Time and memory grow with the number
/// of atoms.
/// </summary>
internal sealed class AtomSurroundings
{
    // Neighbors of so many atoms are found at a time, so that lists of large structures need little memory.
    private const int Chunk = 16;

    private readonly CrystalStructure _structure;
    private readonly Basis _basis;
    private readonly int[] _elements;
    private readonly double _cutoff;
    private readonly int _kinds;
    private readonly int[] _slotOfAtom;

    private AtomSurroundings(CrystalStructure structure, Basis basis, int[] elements, FunctionSet set)
    {
        (_structure, _basis, _elements, _cutoff, _kinds) = (structure, basis, elements, set.CutoffAngstrom, set.Elements.Count);
        _slotOfAtom = new int[elements.Length];
        Array.Fill(_slotOfAtom, -1);
    }

    /// <summary>Number of atoms.</summary>
    public int AtomCount => _elements.Length;

    /// <summary>Number of the element of each atom.</summary>
    public ReadOnlySpan<int> Elements => _elements;

    /// <summary>Takes up a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="set">The functions, which know the elements and the cutoff.</param>
    /// <param name="problem">Why it cannot be; null when it can.</param>
    public static AtomSurroundings? TryCreate(AtomFrame frame, FunctionSet set, out string? problem)
    {
        int[] elements = [.. frame.Species.Select(set.NumberOf)];
        if (Array.FindIndex(elements, element => element < 0) is >= 0 and int unknown)
        {
            problem = FormattableString.Invariant($"atom {unknown + 1} is {frame.Species[unknown]}, which the potential does not know");
            return null;
        }

        return FrameCrystal.TryCreate(frame, set.CutoffAngstrom, out problem) is { } crystal
            ? new AtomSurroundings(crystal.Structure, crystal.Basis, elements, set)
            : null;
    }

    /// <summary>The neighborhoods of all atoms in order, each valid until the next.</summary>
    public IEnumerable<AtomNeighborhood> Neighborhoods() => Neighborhoods(0, AtomCount);

    /// <summary>The neighborhoods of some atoms in order, each valid until the next.</summary>
    public IEnumerable<AtomNeighborhood> Neighborhoods(int first, int end)
    {
        var neighborhood = new AtomNeighborhood();
        for (; first < end; first += Chunk)
        {
            int[] centers = [.. Enumerable.Range(first, Math.Min(Chunk, end - first))];
            NeighborList list = NeighborSearch.Find(_structure, centers, _cutoff);
            for (int row = 0; row < centers.Length; row++)
            {
                Fill(neighborhood, centers[row], list, list.Offsets[row], list.Offsets[row + 1]);
                yield return neighborhood;
            }
        }
    }

    private void Fill(AtomNeighborhood neighborhood, int center, NeighborList list, int from, int to)
    {
        ReadOnlySpan<int> atoms = list.Atoms[from..to];
        ReadOnlySpan<CellImage> images = list.Images[from..to];
        ReadOnlySpan<Fractional> positions = _structure.Positions;
        Array.Clear(neighborhood.Count);
        foreach (int atom in atoms)
            neighborhood.Count[_elements[atom]]++;
        neighborhood.Prepare(_kinds, _cutoff);
        (neighborhood.Center, neighborhood.CenterElement, neighborhood.SlotCount) = (center, _elements[center], 1);
        neighborhood.Atoms[0] = center;
        _slotOfAtom[center] = 0;
        Span<int> next = stackalloc int[_kinds];
        neighborhood.Start.AsSpan(0, _kinds).CopyTo(next);
        Fractional middle = positions[center];
        for (int k = 0; k < atoms.Length; k++)
        {
            Fractional position = positions[atoms[k]];
            CellImage image = images[k];

            // In the frame of the input, which may be turned against that of the neighbor list.
            Cartesian vector = _basis.ToCartesian(new Fractional(position.X - middle.X + image.A, position.Y - middle.Y + image.B,
                position.Z - middle.Z + image.C));
            double distance = vector.Length;
            if (_slotOfAtom[atoms[k]] < 0)
            {
                _slotOfAtom[atoms[k]] = neighborhood.SlotCount;
                neighborhood.Atoms[neighborhood.SlotCount++] = atoms[k];
            }

            int place = next[_elements[atoms[k]]]++;
            double inverse = 1 / distance;
            (neighborhood.X[place], neighborhood.Y[place], neighborhood.Z[place]) = (vector.X * inverse, vector.Y * inverse,
                vector.Z * inverse);
            (neighborhood.R[place], neighborhood.Slot[place]) = (distance, _slotOfAtom[atoms[k]]);
        }

        for (int slot = 0; slot < neighborhood.SlotCount; slot++)
            _slotOfAtom[neighborhood.Atoms[slot]] = -1;
    }
}
