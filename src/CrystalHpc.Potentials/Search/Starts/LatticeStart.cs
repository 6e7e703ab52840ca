using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Search.Prototypes;

namespace CrystalHpc.Potentials.Search.Starts;

/// <summary>Known lattices with the elements of a search at random on their sites.</summary>
internal static class LatticeStart
{
    // Atoms are moved by this share of a bond: exactly symmetric structures could never leave their symmetry.
    private const double Rattle = 0.02;

    /// <summary>A crystal; null where no lattice has cells that make up so many atoms.</summary>
    public static AtomFrame? Crystal(Element[] species, BondLengths bonds, SearchRandom random)
    {
        Prototype[] fitting = [.. KnownLattices.All.Where(prototype => species.Length % prototype.Frame.AtomCount == 0)];
        if (fitting.Length == 0)
            return null;
        AtomFrame cell = FileStart.Repeat(fitting[random.Below(fitting.Length)].Frame, species.Length, random);
        return Decoration.Scale(FileStart.Decorate(cell, species, random), bonds) is { } scaled
            ? FileStart.Rattle(scaled, Rattle, bonds, random) : null;
    }

    /// <summary>A particle: the atoms of a lattice that are nearest to a point.</summary>
    public static AtomFrame? Particle(Element[] species, BondLengths bonds, SearchRandom random)
    {
        Prototype[] dense = [.. KnownLattices.All.Take(4)];
        AtomFrame cell = dense[random.Below(dense.Length)].Frame;
        Basis basis = cell.Cell!.Value;
        int reach = 2 + (int)Math.Cbrt(species.Length);
        Cartesian center = basis.ToCartesian(new Fractional(random.Between(0, 1), random.Between(0, 1), random.Between(0, 1)));
        var places = new List<Cartesian>();
        for (int a = -reach; a <= reach; a++)
        {
            for (int b = -reach; b <= reach; b++)
            {
                for (int c = -reach; c <= reach; c++)
                    places.AddRange(Enumerable.Range(0, cell.AtomCount)
                        .Select(atom => cell.PositionOf(atom) + basis.ToCartesian(new Fractional(a, b, c)) - center));
            }
        }

        Cartesian[] nearest = [.. places.OrderBy(place => place.LengthSquared).Take(species.Length)];
        double shortest = Enumerable.Range(1, Math.Max(0, nearest.Length - 1))
            .Select(i => (nearest[i] - nearest[0]).Length).DefaultIfEmpty(1).Min();
        double scale = bonds.Longest / shortest;
        var frame = new AtomFrame
        {
            Species = species,
            PositionsAngstrom = [.. nearest.SelectMany(place => (double[])[scale * place.X, scale * place.Y, scale * place.Z])],
        };
        return FileStart.Rattle(FileStart.Decorate(frame, species, random), Rattle, bonds, random);
    }
}
