using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Simulation.Phonons;

namespace CrystalHpc.Potentials.Search.Starts;

/// <summary>
/// Crystals of a space group that is drawn: orbits of atoms on general and special positions of its conventional cell, which is then made
/// primitive.
/// </summary>
internal static class SpaceGroupStart
{
    private const int TriesOfGroup = 40, TriesOfAtom = 60;

    // Atoms keep this share of a bond from one another.
    private const double Distance = 0.7;

    // How many operations an atom is moved onto the elements of, at most: three leave no freedom.
    private const int MostProjections = 3;

    /// <summary>Draws a crystal; null where none of the groups that are tried has room for the atoms.</summary>
    public static AtomFrame? Make(Element[] species, BondLengths bonds, SearchRandom random)
    {
        for (int tries = 0; tries < TriesOfGroup; tries++)
        {
            SpaceGroup group = SpaceGroup.FromNumber(2 + random.Below(229))[0];
            int centerings = group.Operations.Count(IsTranslation);
            Element[] all = [.. species.SelectMany(element => Enumerable.Repeat(element, centerings))];
            if (TryFill(group, Cell(group.Number, RandomStart.Volume(all, bonds), random), all, bonds, random) is { } frame
                && PrimitiveCell.Of(frame) is { } primitive && primitive.AtomCount <= species.Length
                    && species.Length % primitive.AtomCount == 0)
                return primitive.AtomCount == species.Length ? primitive : FileStart.Repeat(primitive, species.Length, random);
        }

        return null;
    }

    private static AtomFrame? TryFill(SpaceGroup group, Basis cell, Element[] species, BondLengths bonds, SearchRandom random)
    {
        var places = new List<(Element Element, Fractional Place)>();
        foreach (IGrouping<Element, Element> element in species.GroupBy(one => one))
        {
            int left = element.Count();
            for (int tries = 0; left > 0; tries++)
            {
                if (tries == TriesOfAtom)
                    return null;
                List<Fractional> orbit = Orbit(group, Point(group, random), cell);
                if (orbit.Count > left || !IsFree(orbit, element.Key, places, cell, bonds))
                    continue;
                places.AddRange(orbit.Select(place => (element.Key, place)));
                left -= orbit.Count;
            }
        }

        return new AtomFrame
        {
            Species = [.. places.Select(atom => atom.Element)],
            PositionsAngstrom = [.. places.SelectMany(atom => cell.ToCartesian(atom.Place) is var p ? (double[])[p.X, p.Y, p.Z] : [])],
            Cell = cell, Periodicity = Periodicity.Crystal,
        };
    }

    // A point at random, carried to the mean of itself and its nearest image under some operations: onto mirror planes, axes, centers.
    private static Fractional Point(SpaceGroup group, SearchRandom random)
    {
        var point = new Fractional(random.Between(0, 1), random.Between(0, 1), random.Between(0, 1));
        int projections = random.Below(MostProjections + 1);
        for (int k = 0; k < projections; k++)
        {
            SymmetryOperation operation = group.Operations[random.Below(group.Operations.Count)];

            // The mean of a cycle of images is fixed, whatever the order of the operation, if the cycle closes near where it began.
            Fractional sum = point, image = point;
            int order = 1;
            for (; order < 12; order++)
            {
                image = point + (operation.Apply(image) - point).Nearest();
                if ((image - point).Nearest() is { X: > -1e-9 and < 1e-9, Y: > -1e-9 and < 1e-9, Z: > -1e-9 and < 1e-9 })
                    break;
                sum += image;
            }

            point = new Fractional(sum.X / order, sum.Y / order, sum.Z / order);
        }

        return point.Wrapped();
    }

    private static List<Fractional> Orbit(SpaceGroup group, Fractional point, Basis cell)
    {
        const double SameAngstrom = 0.05;
        var orbit = new List<Fractional>();
        foreach (SymmetryOperation operation in group.Operations)
        {
            Fractional image = operation.Apply(point).Wrapped();
            if (!orbit.Exists(known => cell.ToCartesian((known - image).Nearest()).Length < SameAngstrom))
                orbit.Add(image);
        }

        return orbit;
    }

    private static bool IsFree(List<Fractional> orbit, Element element, List<(Element Element, Fractional Place)> places, Basis cell,
        BondLengths bonds)
    {
        bool IsFar(Fractional a, Fractional b, double bond) => cell.ToCartesian((a - b).Nearest()).Length >= Distance * bond;
        return orbit.Skip(1).All(other => IsFar(orbit[0], other, bonds.Of(element, element)))
            && places.TrueForAll(atom => orbit.TrueForAll(place => IsFar(atom.Place, place, bonds.Of(element, atom.Element))));
    }

    private static bool IsTranslation(SymmetryOperation operation) =>
        operation with { T1 = 0, T2 = 0, T3 = 0 } == SymmetryOperation.Identity;

    // A cell of the crystal system.
    private static Basis Cell(int group, double volume, SearchRandom random)
    {
        double a = random.Between(0.7, 1.4), b = random.Between(0.7, 1.4), c = random.Between(0.7, 1.4);
        UnitCell shape = group switch
        {
            <= 2 => new UnitCell(a, b, c, random.Between(70, 110), random.Between(70, 110), random.Between(70, 110)),
            <= 15 => new UnitCell(a, b, c, 90, random.Between(70, 120), 90),
            <= 74 => new UnitCell(a, b, c, 90, 90, 90),
            <= 142 => new UnitCell(a, a, c, 90, 90, 90),
            <= 194 => new UnitCell(a, a, c, 90, 90, 120),
            _ => new UnitCell(1, 1, 1, 90, 90, 90),
        };
        var basis = Basis.Of(shape);
        double scale = Math.Cbrt(volume / basis.Volume);
        return new Basis(scale * basis.A, scale * basis.B, scale * basis.C);
    }
}
