using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Search.Prototypes;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Analysis;

/// <summary>Finds of which type a crystal is, and how far its atoms lie from those of the type.</summary>
/// <param name="prototypes">The types; the nearest names the structure.</param>
internal sealed class StructureTypes(IReadOnlyList<Prototype> prototypes)
{
    private readonly StructureMatcher _matcher = new(MatchTolerance.Default with { Site = 0.15, Length = 0.1, AngleDegrees = 3 });
    private readonly (Prototype Type, int[] Counts)[] _types = [.. prototypes.Select(type => (type, Counts(type.Frame, type.Kinds)))];

    /// <summary>The type of a crystal, and the rms distance of its atoms from their places in it, A; null where it is of none.</summary>
    public (string Name, double DistanceAngstrom)? Find(AtomFrame frame)
    {
        if (frame.ToMatchable() is not { } structure)
            return null;
        Element[] elements = [.. frame.Species.Distinct()];
        int[] counts = Counts(frame, elements);
        double unit = Math.Cbrt(Math.Abs(frame.Cell!.Value.Volume) / frame.AtomCount);
        (string Name, double DistanceAngstrom)? best = null;
        foreach ((Prototype type, int[] typeCounts) in _types.Where(type => type.Counts.Length == elements.Length))
        {
            foreach (Element[] chosen in Pairings(typeCounts, counts, elements))
            {
                if (Decoration.With(type, chosen).ToMatchable() is not { } ideal || ideal.Count != structure.Count
                    || _matcher.Compare(ideal, structure) is not { IsSame: true } match)
                    continue;
                if (best is null || unit * match.RmsDisplacement < best.Value.DistanceAngstrom - 1e-3)
                    best = (type.Name, unit * match.RmsDisplacement);
            }
        }

        return best;
    }

    private static int[] Counts(AtomFrame frame, Element[] kinds) =>
        [.. kinds.Select(kind => frame.Species.Count(species => species == kind))];

    // All ways to give each kind of the type an element with the same share of the atoms.
    private static IEnumerable<Element[]> Pairings(int[] typeCounts, int[] counts, Element[] elements)
    {
        int typeAtoms = typeCounts.Sum(), atoms = counts.Sum();
        IEnumerable<Element[]> ways = [[]];
        foreach (int count in typeCounts)
            ways = ways.SelectMany(way => elements.Where((element, i) => !way.Contains(element) && count * atoms == counts[i] * typeAtoms)
                .Select(element => (Element[])[.. way, element]));
        return ways;
    }
}
