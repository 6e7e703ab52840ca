using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Search.Operators;

/// <summary>
/// Half of one structure and half of another: D. M. Deaven and K. M. Ho, Phys. Rev. Lett. 75 (1995) 288; crystals are cut between planes of
/// their cells.
/// </summary>
internal static class CutAndSplice
{
    // Each parent gives this share of the atoms at least.
    private const double LeastShare = 0.2;

    /// <summary>A child of two structures of as many atoms.</summary>
    /// <param name="mother">One.</param>
    /// <param name="father">The other.</param>
    /// <param name="random">Where to cut.</param>
    /// <param name="mixes">True: the child has whatever elements the halves have; false: those of its mother.</param>
    public static AtomFrame Make(AtomFrame mother, AtomFrame father, SearchRandom random, bool mixes = false) =>
        mother.Cell is { } cell && father.Cell is { } other ? Crystal(mother, cell, father, other, random, mixes)
            : Particle(mother, father, random, mixes);

    private static AtomFrame Particle(AtomFrame mother, AtomFrame father, SearchRandom random, bool mixes)
    {
        (Element Element, Cartesian Place)[] a = Turned(mother, random.Rotation()), b = Turned(father, random.Rotation());
        return Join(mother, a, b, place => place.Z, random, mixes);
    }

    private static AtomFrame Crystal(AtomFrame mother, Basis cell, AtomFrame father, Basis other, SearchRandom random, bool mixes)
    {
        int axis = random.Below(3);
        double share = random.Between(0, 1);
        var mixed = new Basis(
            share * cell.A + (1 - share) * other.A, share * cell.B + (1 - share) * other.B, share * cell.C + (1 - share) * other.C);
        if (!(mixed.Volume > 0.3 * cell.Volume))
            mixed = cell;
        var (move, back) = (new Fractional(random.Between(0, 1), random.Between(0, 1), random.Between(0, 1)), cell.Reciprocal);
        (Element, Cartesian)[] a = Fractions(mother, back, move),
            b = Fractions(father, other.Reciprocal, new Fractional(random.Between(0, 1), random.Between(0, 1), random.Between(0, 1)));
        AtomFrame joined = Join(mother, a, b, place => axis == 0 ? place.X : axis == 1 ? place.Y : place.Z, random, mixes);
        return joined with
        {
            PositionsAngstrom = [.. Enumerable.Range(0, joined.AtomCount).SelectMany(atom =>
            {
                Cartesian f = joined.PositionOf(atom), place = mixed.ToCartesian(new Fractional(f.X, f.Y, f.Z));
                return (double[])[place.X, place.Y, place.Z];
            })],
            Cell = mixed,
        };
    }

    // The lower part of one and the upper of the other: for each element as many atoms as there have to be, those next to the cut where
    // there are too many or too few.
    private static AtomFrame Join(
        AtomFrame mother, (Element Element, Cartesian Place)[] a, (Element Element, Cartesian Place)[] b, Func<Cartesian, double> height,
            SearchRandom random, bool mixes)
    {
        double share = random.Between(LeastShare, 1 - LeastShare);
        var chosen = new List<(Element Element, Cartesian Place)>();
        if (mixes)
        {
            int lower = (int)Math.Round(share * mother.AtomCount);
            chosen.AddRange(a.OrderBy(atom => height(atom.Place)).Take(lower));
            chosen.AddRange(b.OrderByDescending(atom => height(atom.Place)).Take(mother.AtomCount - lower));
            chosen = [.. chosen.OrderBy(atom => atom.Element)];
        }

        foreach (IGrouping<Element, Element> element in mixes ? [] : mother.Species.GroupBy(species => species))
        {
            int count = element.Count(), lower = (int)Math.Round(share * count);
            chosen.AddRange(a.Where(atom => atom.Element == element.Key).OrderBy(atom => height(atom.Place)).Take(lower));
            chosen.AddRange(b.Where(atom => atom.Element == element.Key).OrderByDescending(atom => height(atom.Place)).Take(count - lower));
        }

        return new AtomFrame
        {
            Species = [.. chosen.Select(atom => atom.Element)],
            PositionsAngstrom = [.. chosen.SelectMany(atom => (double[])[atom.Place.X, atom.Place.Y, atom.Place.Z])],
            Periodicity = mother.Periodicity,
        };
    }

    private static (Element, Cartesian)[] Turned(AtomFrame frame, Cartesian[] rotation)
    {
        Cartesian center = 1.0 / frame.AtomCount * Enumerable.Range(0, frame.AtomCount)
            .Select(frame.PositionOf).Aggregate((sum, place) => sum + place);
        return [.. Enumerable.Range(0, frame.AtomCount).Select(atom =>
        {
            Cartesian p = frame.PositionOf(atom) - center;
            return (frame.Species[atom], p.X * rotation[0] + p.Y * rotation[1] + p.Z * rotation[2]);
        })];
    }

    private static (Element, Cartesian)[] Fractions(AtomFrame frame, Basis reciprocal, Fractional move) =>
        [.. Enumerable.Range(0, frame.AtomCount).Select(atom =>
    {
        Fractional f = (reciprocal.Project(frame.PositionOf(atom)) + move).Wrapped();
        return (frame.Species[atom], new Cartesian(f.X, f.Y, f.Z));
    })];
}
