using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;

namespace CrystalHpc.Potentials.Search.Prototypes;

/// <summary>
/// Structure types with other elements on their sites, scaled so that the shortest of their bonds has the length of such a bond.
/// </summary>
internal static class Decoration
{
    /// <summary>All ways to put different elements on the kinds of sites of a structure type.</summary>
    public static IEnumerable<AtomFrame> Of(Prototype prototype, IReadOnlyList<Element> elements, BondLengths bonds) =>
        Arrangements(elements, prototype.Kinds.Length).Select(chosen => Scale(With(prototype, chosen), bonds)).OfType<AtomFrame>();

    /// <summary>A structure type with an element on each kind of site.</summary>
    public static AtomFrame With(Prototype prototype, IReadOnlyList<Element> elements) =>
        prototype.Frame with { Species = [.. prototype.Frame.Species
            .Select(species => elements[Array.IndexOf(prototype.Kinds, species)])] };

    /// <summary>A crystal scaled so that its atoms are as near to one another as bonds allow; null where atoms share a place.</summary>
    public static AtomFrame? Scale(AtomFrame frame, BondLengths bonds)
    {
        var pairs = new PairList();
        Basis cell = frame.Cell!.Value;

        // As far as the neighbors of a simple cubic crystal, and a bit.
        double reach = 1.3 * Math.Cbrt(Math.Abs(cell.Volume) / frame.AtomCount);
        double least = 0;
        for (; least == 0; reach *= 1.5)
        {
            if (pairs.Update(frame, reach) is not null)
                return null;
            double[] distances = pairs.Distances(frame);
            double nearest = double.PositiveInfinity;
            for (int k = 0; k < pairs.Count; k++)
            {
                if (distances[k] < reach)
                    nearest = Math.Min(nearest, distances[k] / bonds.Of(frame.Species[pairs.First[k]], frame.Species[pairs.Second[k]]));
            }

            least = double.IsFinite(nearest) ? nearest : 0;
            if (least is > 0 and < 1e-3)
                return null;
        }

        return frame.Map(v => 1 / least * v);
    }

    private static IEnumerable<Element[]> Arrangements(IReadOnlyList<Element> elements, int count) => count == 0
        ? [[]]
        : Arrangements(elements, count - 1)
            .SelectMany(first => elements.Where(element => !first.Contains(element)).Select(element => (Element[])[.. first, element]));
}
