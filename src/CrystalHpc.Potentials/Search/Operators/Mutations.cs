using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Search.Operators;

/// <summary>Children of one structure.</summary>
internal static class Mutations
{
    private const double RattleInBonds = 0.22, LargestStrain = 0.15;
    private const int MostMoved = 5;

    /// <summary>All atoms are moved a little.</summary>
    public static AtomFrame Rattle(AtomFrame frame, BondLengths bonds, SearchRandom random) =>
        frame with { PositionsAngstrom = [.. frame.PositionsAngstrom.Select(x => x + RattleInBonds * bonds.Longest * random.Normal())] };

    /// <summary>The atoms of a particle with the fewest neighbors are put elsewhere on its surface.</summary>
    public static AtomFrame MoveOnSurface(AtomFrame frame, BondLengths bonds, SearchRandom random)
    {
        int[] neighbors = Fingerprint.Coordination(frame, bonds);
        Cartesian center = 1.0 / frame.AtomCount * Enumerable.Range(0, frame.AtomCount)
            .Select(frame.PositionOf).Aggregate((sum, place) => sum + place);
        double radius = Enumerable.Range(0, frame.AtomCount).Max(atom => (frame.PositionOf(atom) - center).Length);
        double[] positions = [.. frame.PositionsAngstrom];
        int moved = 1 + random.Below(Math.Min(MostMoved, frame.AtomCount));
        foreach (int atom in Enumerable.Range(0, frame.AtomCount).OrderBy(atom => neighbors[atom]).ThenBy(atom => atom)
            .Take(moved).ToArray())
        {
            Cartesian place = center + radius * random.Direction();
            (positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2]) = (place.X, place.Y, place.Z);
        }

        return frame with { PositionsAngstrom = positions };
    }

    /// <summary>Atoms of different elements change places.</summary>
    public static AtomFrame Exchange(AtomFrame frame, SearchRandom random)
    {
        Element[] species = [.. frame.Species];
        int swaps = 1 + random.Below(Math.Max(1, frame.AtomCount / 4));
        for (int i = 0; i < swaps; i++)
        {
            int first = random.Below(species.Length);
            int[] others = [.. Enumerable.Range(0, species.Length).Where(atom => species[atom] != species[first])];
            if (others.Length == 0)
                break;
            int second = others[random.Below(others.Length)];
            (species[first], species[second]) = (species[second], species[first]);
        }

        return frame with { Species = species };
    }

    /// <summary>Atoms become atoms of other elements.</summary>
    public static AtomFrame Transmute(AtomFrame frame, Element[] elements, SearchRandom random)
    {
        Element[] species = [.. frame.Species];
        int changed = 1 + random.Below(Math.Max(1, frame.AtomCount / 4));
        for (int i = 0; i < changed; i++)
            species[random.Below(species.Length)] = elements[random.Below(elements.Length)];
        return frame with { Species = species };
    }

    /// <summary>The cell of a crystal is strained at its volume, its atoms with it.</summary>
    public static AtomFrame Strain(AtomFrame frame, SearchRandom random, double largest = LargestStrain)
    {
        double[] e = [.. Enumerable.Range(0, 6).Select(_ => random.Between(-largest, largest))];
        Cartesian Carry(Cartesian v) => new((1 + e[0]) * v.X + e[5] * v.Y + e[4] * v.Z, e[5] * v.X + (1 + e[1]) * v.Y + e[3] * v.Z,
            e[4] * v.X + e[3] * v.Y + (1 + e[2]) * v.Z);
        Basis cell = frame.Cell!.Value, strained = new(Carry(cell.A), Carry(cell.B), Carry(cell.C));
        double scale = Math.Cbrt(Math.Abs(cell.Volume / strained.Volume));
        return frame.Map(v => scale * Carry(v));
    }
}
