using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Simulation;
using CsvHelper;

namespace CrystalHpc.Potentials.Analysis;

/// <summary>The surroundings of an atom of each kind: a row of <c>environments.csv</c>.</summary>
/// <param name="Id">The structure.</param>
/// <param name="Site">The atom, from 0; those that symmetry makes equivalent to it are left out.</param>
/// <param name="Element">Its element.</param>
/// <param name="Position">Its Wyckoff position; empty in particles.</param>
/// <param name="Neighbors">Number of near neighbors: up to 1.2 times the length of a bond.</param>
/// <param name="Kinds">How many of each element, such as <c>Cu4 Ag8</c>.</param>
/// <param name="Mean">Mean distance, A; empty without neighbors.</param>
/// <param name="Distortion">
/// Mean deviation of distances from their mean, over the mean: W. H. Baur, Acta Crystallogr. B 30 (1974) 1195.
/// </param>
[CsvRecord]
internal sealed partial record EnvironmentRow(
    [property: CsvColumn("structure")] string Id,
    [property: CsvColumn("site")] int Site,
    [property: CsvColumn("element")] string Element,
    [property: CsvColumn("position")] string Position,
    [property: CsvColumn("neighbors")] int Neighbors,
    [property: CsvColumn("kinds")] string Kinds,
    [property: CsvColumn("mean_A")] double? Mean,
    [property: CsvColumn("distortion")] double? Distortion)
{
    private const double Reach = 1.2;

    /// <summary>The rows of a structure.</summary>
    public static IEnumerable<EnvironmentRow> Of(Phase phase, BondLengths bonds)
    {
        AtomFrame frame = phase.Frame;
        var pairs = new PairList();
        if (pairs.Update(frame, Reach * bonds.Longest) is not null)
            return [];
        double[] distances = pairs.Distances(frame);
        List<(Element Element, double Distance)>[] near =
            [.. Enumerable.Range(0, frame.AtomCount).Select(_ => new List<(Element, double)>())];
        for (int k = 0; k < pairs.Count; k++)
        {
            (int first, int second, double distance) = (pairs.First[k], pairs.Second[k], distances[k]);
            if (distance > Reach * bonds.Of(frame.Species[first], frame.Species[second]))
                continue;
            near[first].Add((frame.Species[second], distance));
            near[second].Add((frame.Species[first], distance));
        }

        var symmetry = FrameSymmetry.Find(frame, FrameSymmetry.RelaxedToleranceAngstrom);
        return Enumerable.Range(0, frame.AtomCount).Where(atom => symmetry is null || symmetry.Symmetry.EquivalentAtoms[atom] == atom)
            .Select(atom => Row(phase.Id, frame, atom, symmetry?.Symmetry.WyckoffOf(atom).ToString() ?? "", near[atom]));
    }

    private static EnvironmentRow Row(string id, AtomFrame frame, int atom, string position, List<(Element Element, double Distance)> near)
    {
        double? mean = near.Count > 0 ? near.Average(one => one.Distance) : null;
        return new EnvironmentRow(
            id, atom, frame.Species[atom].Symbol, position, near.Count,
            string.Join(' ', near.GroupBy(one => one.Element).OrderBy(group => group.Key)
                .Select(group => FormattableString.Invariant($"{group.Key.Symbol}{group.Count()}"))),
            mean, mean is { } middle ? near.Average(one => Math.Abs(one.Distance - middle)) / middle : null);
    }
}
