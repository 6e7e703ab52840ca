using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>What the subsets of an evaluation ask of a site. There are some thousand classes, however many sites.</summary>
/// <param name="Center">The ion on the site; the magnitude of its oxidation state is what the sum should be.</param>
/// <param name="Neighbor">The ion that it is bonded to; null when there are several.</param>
/// <param name="PairRange">Range of the number of groups of structures that know the rarest of its bonds: <see
/// cref="SubsetKey.RangeOf"/>.</param>
/// <param name="Coordination">Number of bonds.</param>
/// <param name="Source">Where the oxidation states of the structure come from.</param>
/// <param name="IsComplete">False for an anion whose sum may lack bonds: such a sum is not judged.</param>
/// <param name="IsExcluded">Left out of the filtered subsets.</param>
public sealed record SiteClass(
    Species Center, Species? Neighbor, int PairRange, int Coordination, string Source, bool IsComplete, bool IsExcluded)
{
    /// <summary>True for a cation, bonded to anions.</summary>
    public bool IsCation => Center.Charge > 0;
}

/// <summary>An evaluated site: 32 bytes, beside its sums.</summary>
/// <param name="GroupName">Hash of the name of its group of redeterminations.</param>
/// <param name="Group">Number of this group.</param>
/// <param name="Block">Block of equations that it stands in.</param>
/// <param name="Index">Its place in the block.</param>
/// <param name="Structure">Place in the block of the first site of its structure.</param>
/// <param name="Class">Number of its class.</param>
/// <param name="Multiplicity">Atoms of the site in the cell.</param>
public readonly record struct EvaluatedSite(ulong GroupName, int Group, int Block, int Index, int Structure, int Class, int Multiplicity);
