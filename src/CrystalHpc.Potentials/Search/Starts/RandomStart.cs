using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Search.Starts;

/// <summary>Structures drawn at random, with atoms that do not overlap.</summary>
internal static class RandomStart
{
    // Atoms of a dense packing fill this share of space as spheres of half a bond; random ones get a little more room.
    private const double Packing = 0.74, Room = 1.15;

    // Drawn atoms keep this share of a bond from one another, less and less where there is no room.
    private const double FirstDistance = 0.85, LessDistance = 0.97;
    private const int TriesPerAtom = 100;

    /// <summary>A particle: atoms in a ball.</summary>
    public static AtomFrame Particle(Element[] species, BondLengths bonds, SearchRandom random)
    {
        double radius = Math.Cbrt(3 * Volume(species, bonds) / (4 * Math.PI));
        return new AtomFrame
        {
            Species = species, PositionsAngstrom =
                Place(species, bonds, () => radius * Math.Cbrt(random.Between(0, 1)) * random.Direction(), null),
        };
    }

    /// <summary>A crystal: a cell of any shape that is not too flat, and atoms in it.</summary>
    public static AtomFrame Crystal(Element[] species, BondLengths bonds, SearchRandom random)
    {
        double[] lengths = [random.Between(0.6, 1.6), random.Between(0.6, 1.6), random.Between(0.6, 1.6)],
            angles = [random.Between(60, 120), random.Between(60, 120), random.Between(60, 120)];
        if (!UnitCell.IsValid(lengths[0], lengths[1], lengths[2], angles[0], angles[1], angles[2]))
            angles = [90, 90, 90];
        var shape = Basis.Of(new UnitCell(lengths[0], lengths[1], lengths[2], angles[0], angles[1], angles[2]));
        double scale = Math.Cbrt(Volume(species, bonds) / shape.Volume);
        var cell = new Basis(scale * shape.A, scale * shape.B, scale * shape.C);
        return new AtomFrame
        {
            Species = species,
            PositionsAngstrom = Place(
                species, bonds, () => cell.ToCartesian(new Fractional(random.Between(0, 1), random.Between(0, 1), random.Between(0, 1))),
                cell),
            Cell = cell,
            Periodicity = Periodicity.Crystal,
        };
    }

    /// <summary>About the volume of some atoms, A^3.</summary>
    public static double Volume(Element[] species, BondLengths bonds) =>
        Room / Packing * species.Sum(element => Math.PI / 6 * Math.Pow(bonds.Of(element, element), 3));

    private static double[] Place(Element[] species, BondLengths bonds, Func<Cartesian> draw, Basis? cell)
    {
        var places = new List<Cartesian>();
        double share = FirstDistance;
        while (places.Count < species.Length)
        {
            bool isPlaced = false;
            for (int tries = 0; tries < TriesPerAtom && !isPlaced; tries++)
            {
                Cartesian place = draw();
                isPlaced = Enumerable.Range(0, places.Count).All(other =>
                    Distance(place - places[other], cell) >= share * bonds.Of(species[places.Count], species[other]));
                if (isPlaced)
                    places.Add(place);
            }

            share = isPlaced ? share : LessDistance * share;
        }

        return [.. places.SelectMany(place => (double[])[place.X, place.Y, place.Z])];
    }

    private static double Distance(Cartesian difference, Basis? cell)
    {
        if (cell is not { } basis)
            return difference.Length;
        Cartesian nearest = basis.ToCartesian(basis.Reciprocal.Project(difference).Nearest());
        return nearest.Length;
    }
}
