using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Search.Starts;

/// <summary>Starts from given structures.</summary>
internal static class FileStart
{
    private const double RattleOfSupercell = 0.05;

    /// <summary>
    /// A given crystal repeated to as many atoms as a search has, its elements at random where they are not those of the search, its atoms
    /// moved; null where it cannot be.
    /// </summary>
    public static AtomFrame? Supercell(AtomFrame cell, Element[] species, BondLengths bonds, SearchRandom random)
    {
        if (cell.Cell is null || species.Length % cell.AtomCount != 0)
            return null;
        AtomFrame repeated = Repeat(cell, species.Length, random);
        return Rattle(HasSpecies(repeated, species) ? repeated : Decorate(repeated, species, random), RattleOfSupercell, bonds, random);
    }

    /// <summary>
    /// A given structure with the atoms of a search: of one that has more, the atoms with the fewest neighbors are taken away; to one that
    /// has fewer, atoms are added, those of particles on
    /// their surface.
    /// </summary>
    public static AtomFrame? Fit(AtomFrame given, Element[] species, BondLengths bonds, SearchRandom random)
    {
        AtomFrame frame = given.Bare();
        while (frame.AtomCount > species.Length)
        {
            int[] neighbors = Fingerprint.Coordination(frame, bonds);
            int loose = Enumerable.Range(0, frame.AtomCount).MinBy(atom => neighbors[atom]);
            frame = frame with
            {
                Species = [.. frame.Species[..loose], .. frame.Species[(loose + 1)..]],
                PositionsAngstrom = [.. frame.PositionsAngstrom[..(3 * loose)], .. frame.PositionsAngstrom[(3 * loose + 3)..]],
            };
        }

        while (frame.AtomCount < species.Length)
        {
            Cartesian place = NewPlace(frame, random);
            frame = frame with
            {
                Species = [.. frame.Species, species[frame.AtomCount]],
                PositionsAngstrom = [.. frame.PositionsAngstrom, place.X, place.Y, place.Z],
            };
        }

        return HasSpecies(frame, species) ? frame : Decorate(frame, species, random);
    }

    /// <summary>A crystal repeated to a number of atoms that its own divides, along axes that are drawn.</summary>
    public static AtomFrame Repeat(AtomFrame cell, int atoms, SearchRandom random)
    {
        int cells = atoms / cell.AtomCount;
        int[][] counts = [.. from a in Enumerable.Range(1, cells) where cells % a == 0
                             from b in Enumerable.Range(1, cells / a) where cells / a % b == 0
                             select (int[])[a, b, cells / a / b]];
        return Simulation.Supercell.Of(cell, counts[random.Below(counts.Length)]).Frame;
    }

    /// <summary>The structure with the elements of a search at random on its sites.</summary>
    public static AtomFrame Decorate(AtomFrame frame, Element[] species, SearchRandom random)
    {
        Element[] shuffled = [.. species];
        for (int i = shuffled.Length - 1; i > 0; i--)
        {
            int other = random.Below(i + 1);
            (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
        }

        return frame with { Species = shuffled };
    }

    /// <summary>The structure with its atoms moved.</summary>
    public static AtomFrame Rattle(AtomFrame frame, double inBonds, BondLengths bonds, SearchRandom random) =>
        frame with { PositionsAngstrom = [.. frame.PositionsAngstrom.Select(x => x + inBonds * bonds.Longest * random.Normal())] };

    private static bool HasSpecies(AtomFrame frame, Element[] species) => frame.Species.Order().SequenceEqual(species.Order());

    private static Cartesian NewPlace(AtomFrame frame, SearchRandom random)
    {
        if (frame.Cell is { } cell)
            return cell.ToCartesian(new Fractional(random.Between(0, 1), random.Between(0, 1), random.Between(0, 1)));
        Cartesian center = 1.0 / frame.AtomCount * Enumerable.Range(0, frame.AtomCount)
            .Select(frame.PositionOf).Aggregate((sum, place) => sum + place);
        double radius = Enumerable.Range(0, frame.AtomCount).Max(atom => (frame.PositionOf(atom) - center).Length);
        return center + Math.Max(radius, 1) * random.Direction();
    }
}
