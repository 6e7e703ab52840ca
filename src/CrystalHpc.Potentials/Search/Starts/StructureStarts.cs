using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.Potentials.Search.Starts;

/// <summary>Structures without parents, of the kinds that a search asks for.</summary>
/// <param name="options">The search.</param>
/// <param name="bonds">About how long bonds are.</param>
/// <param name="files">The structures of its files.</param>
internal sealed class StructureStarts(SearchOptions options, BondLengths bonds, IReadOnlyList<AtomFrame> files)
{
    private readonly Element[] _species = options.Species!;
    private readonly StartKind[] _kinds = options.StartKinds!;

    /// <summary>Makes the start of a structure, and says of which kind it is.</summary>
    public Individual Make(int number, SearchRandom random)
    {
        StartKind kind = _kinds[number % _kinds.Length];
        Element[] species = options.FreeComposition ? Draw(number, random) : _species;
        AtomFrame? frame = kind switch
        {
            StartKind.SpaceGroup => SpaceGroupStart.Make(species, bonds, random),
            StartKind.Lattice => options.Kind == SearchKind.Crystal ? LatticeStart.Crystal(species, bonds, random)
                : LatticeStart.Particle(species, bonds, random),
            StartKind.Supercell => FileStart.Supercell(files[random.Below(files.Count)], species, bonds, random),
            StartKind.Files => FileStart.Fit(files[number / _kinds.Length % files.Count], species, bonds, random),
            _ => null,
        };

        // Where there is none of this kind with these atoms, one at random takes its place.
        string name = frame is null ? "random" : SnakeCase.Of(kind);
        frame ??= options.Kind == SearchKind.Crystal ? RandomStart.Crystal(species, bonds, random)
            : RandomStart.Particle(species, bonds, random);
        return new Individual(number, name, [], frame);
    }

    // The elements by themselves come first: formation energies are counted from them.
    private Element[] Draw(int number, SearchRandom random)
    {
        Element[] elements = [.. _species.Distinct()];
        if (number < elements.Length)
            return [.. Enumerable.Repeat(elements[number], _species.Length)];
        int left = _species.Length;
        var counts = new int[elements.Length];
        for (int i = 0; i < elements.Length - 1; left -= counts[i++])
            counts[i] = random.Below(left + 1);
        counts[^1] = left;
        int turn = random.Below(elements.Length);
        return [.. elements.Index().SelectMany(entry => Enumerable.Repeat(entry.Item, counts[(entry.Index + turn) % counts.Length]))];
    }
}
