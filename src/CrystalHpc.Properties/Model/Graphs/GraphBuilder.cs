using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Properties.Data;

namespace CrystalHpc.Properties.Model;

/// <summary>
/// Graphs of crystals: each atom with its nearest neighbors within 8 A, twelve where nothing else is asked, and all others that are hardly
/// farther than the last, so that symmetry is kept (Xie and Grossman 2018, doi 10.1103/PhysRevLett.120.145301, cut shells).
/// </summary>
public static class GraphBuilder
{
    /// <summary>No neighbor is farther, A.</summary>
    public const double CutoffAngstrom = 8;

    /// <summary>Neighbors farther than the last by no more than this belong to the same shell, A.</summary>
    public const double ShellAngstrom = 0.01;

    /// <summary>Atoms closer than this overlap, A: no bond is as short.</summary>
    public const double LeastDistanceAngstrom = 0.5;

    /// <summary>The graph of a structure, as <see cref="GraphOptions.Default"/> says.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="problem">Why it has none; null when it has.</param>
    public static CrystalGraph? TryCreate(CrystalStructure structure, out Finding? problem) =>
        TryCreate(structure, GraphOptions.Default, out problem);

    /// <summary>The graph of a structure.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="options">What the graph holds.</param>
    /// <param name="problem">Why it has none; null when it has.</param>
    public static CrystalGraph? TryCreate(CrystalStructure structure, GraphOptions options, out Finding? problem)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<SharedPlace> shared = [];
        problem = UnknownElement(structure);
        if (problem is null && DisorderedPlaces.FirstOf(structure) is { } disordered)
        {
            problem = options.AverageDisorder ? null : Finding(PropertyFindings.Disordered,
                $"the site {disordered.Label} of {disordered.Element.Symbol} is disordered or partly occupied");
            if (problem is null)
                (structure, shared) = DisorderedPlaces.Average(structure, out problem);
        }

        if (problem is null && structure.AtomCount == 0)
            problem = Finding(PropertyFindings.Unreadable, "it has no atoms");
        if (problem is not null)
            return null;
        (NeighborList list, int[] ends) = NearestNeighbors.Find(structure, options.Neighbors);
        problem = Overlap(list, ends);
        return problem is null ? Collect(structure, list, ends, options) with { Shared = shared } : null;
    }

    private static Finding? UnknownElement(CrystalStructure structure) =>
        structure.Sites.FirstOrDefault(site => site.Element.AtomicNumber > Composition.KnownElements) is { } site
            ? Finding(PropertyFindings.UnknownElement, $"{site.Element.Symbol} has no tabulated properties") : null;

    private static Finding? Overlap(NeighborList list, int[] ends)
    {
        for (int atom = 0; atom < ends.Length; atom++)
        {
            int nearest = list.Offsets[atom];
            if (ends[atom] > nearest && list.Distances[nearest] < LeastDistanceAngstrom)
                return Finding(
                    PropertyFindings.Overlap, FormattableString.Invariant($"two atoms are {list.Distances[nearest]:0.000} A apart"));
        }

        return null;
    }

    private static CrystalGraph Collect(CrystalStructure structure, NeighborList list, int[] ends, GraphOptions options)
    {
        var elements = new byte[ends.Length];
        for (int atom = 0; atom < elements.Length; atom++)
            elements[atom] = (byte)(structure.SiteAt(atom).Element.AtomicNumber - 1);
        if (!options.Angles)
            return new CrystalGraph(elements, BondLinks.Merged(list, ends));
        GraphLinks bonds = BondLinks.Single(list, ends);
        return new CrystalGraph(elements, bonds) { Angles = AngleLinks.Of(list, ends) };
    }

    private static Finding Finding(FindingCode code, string message) => new(code, message);
}
