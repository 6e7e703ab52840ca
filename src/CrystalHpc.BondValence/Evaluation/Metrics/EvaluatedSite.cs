using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>What an evaluation needs to know of a site beside its valence sums.</summary>
/// <param name="Group">Number of its group of redeterminations.</param>
/// <param name="Structure">Number of its structure.</param>
/// <param name="Center">The ion on the site; the magnitude of its oxidation state is what the sum should be.</param>
/// <param name="Neighbor">The ion that it is bonded to; null when there are several.</param>
/// <param name="PairGroups">Groups of structures that know the rarest of its bonds, by pair of ions.</param>
/// <param name="Coordination">Number of bonds.</param>
/// <param name="Multiplicity">Atoms of the site in the cell.</param>
/// <param name="Source">Where the oxidation states of the structure come from.</param>
/// <param name="IsComplete">False for an anion whose sum may lack bonds: such a sum is not judged.</param>
/// <param name="IsExcluded">Left out of the filtered subsets.</param>
public readonly record struct EvaluatedSite(
    int Group, int Structure, Species Center, Species? Neighbor, int PairGroups, int Coordination, int Multiplicity, string Source, bool IsComplete, bool IsExcluded)
{
    /// <summary>True for a cation, bonded to anions.</summary>
    public bool IsCation => Center.Charge > 0;
}

/// <summary>Sites with their valence sums by several tables; the sites of one structure stand together.</summary>
/// <param name="Tables">Names of the tables; differences are taken to the first.</param>
/// <param name="Groups">Names of the groups of redeterminations.</param>
/// <param name="Sites">The sites.</param>
/// <param name="Sums">Sum of site i by table t at i * Tables.Count + t, v.u.; NaN where the table does not cover the site.</param>
public sealed record EvaluatedSites(
    IReadOnlyList<string> Tables, IReadOnlyList<string> Groups, IReadOnlyList<EvaluatedSite> Sites, IReadOnlyList<double> Sums)
{
    /// <summary>Valence sum of a site by a table, v.u.; NaN when the table does not cover the site.</summary>
    public double Sum(int site, int table) => Sums[site * Tables.Count + table];

    /// <summary>Valence sum minus oxidation state of a site by a table, v.u.; NaN when the table does not cover the site.</summary>
    public double Deviation(int site, int table) => Sum(site, table) - Math.Abs(Sites[site].Center.Charge);

    /// <summary>True when every table covers the site.</summary>
    public bool IsCommon(int site)
    {
        for (int table = 0; table < Tables.Count; table++)
        {
            if (double.IsNaN(Sum(site, table)))
                return false;
        }

        return true;
    }
}
