using CrystalHpc.Core.Statistics;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>How well one table does on one subset of sites. What cannot be computed is null.</summary>
public sealed record TableMetrics
{
    /// <summary>Name of the table.</summary>
    public required string Table { get; init; }

    /// <summary>Name of the subset.</summary>
    public required string Subset { get; init; }

    /// <summary>Sites compared: those that every table covers; in subsets ending in <c>/own</c> those that this table covers.</summary>
    public required int Sites { get; init; }

    /// <summary>Groups of redeterminations among them.</summary>
    public required int Groups { get; init; }

    /// <summary>Root mean square of valence sum minus oxidation state, v.u.</summary>
    public double? Rmsd { get; init; }

    /// <summary>Its interval over groups of structures.</summary>
    public ConfidenceInterval RmsdInterval { get; init; }

    /// <summary>
    /// RMSD of each ion, averaged over ions by their numbers of sites, v.u. (the figure of merit of Gagné and Hawthorne 2015).
    /// </summary>
    public double? WeightedMeanRmsd { get; init; }

    /// <summary>The same with the RMSD of each ion in percent of its oxidation state.</summary>
    public double? WeightedMeanRmsdPercent { get; init; }

    /// <summary>RMSD when every group of redeterminations counts as one site would, v.u.</summary>
    public double? RmsdOfGroups { get; init; }

    /// <summary>Mean of valence sum minus oxidation state, v.u.</summary>
    public double? MeanDeviation { get; init; }

    /// <summary>Sites whose rounded valence sum is not the oxidation state, percent.</summary>
    public double? PercentWrong { get; init; }

    /// <summary>Its interval over groups of structures.</summary>
    public ConfidenceInterval PercentWrongInterval { get; init; }

    /// <summary>Sites of the subset that the table covers, percent.</summary>
    public double? CoveragePercent { get; init; }

    /// <summary>Structures with a global instability index.</summary>
    public int? Structures { get; init; }

    /// <summary>Median of the global instability index, v.u.</summary>
    public double? GiiMedian { get; init; }

    /// <summary>90th percentile of the global instability index, v.u.</summary>
    public double? GiiP90 { get; init; }

    /// <summary>Structures with a global instability index below 0.2 v.u., percent.</summary>
    public double? GiiBelowFifthPercent { get; init; }
}

/// <summary>A table against the first one, on the sites of a subset that both cover. Differences are this table minus the first.</summary>
public sealed record TableDifference
{
    /// <summary>Name of the table.</summary>
    public required string Table { get; init; }

    /// <summary>Name of the first table.</summary>
    public required string Reference { get; init; }

    /// <summary>Name of the subset.</summary>
    public required string Subset { get; init; }

    /// <summary>Sites that both cover.</summary>
    public required int Sites { get; init; }

    /// <summary>RMSD of the table, v.u.</summary>
    public double? Rmsd { get; init; }

    /// <summary>RMSD of the first table, v.u.</summary>
    public double? ReferenceRmsd { get; init; }

    /// <summary>Interval of the difference of the two over groups of structures.</summary>
    public ConfidenceInterval RmsdInterval { get; init; }

    /// <summary>Wrong sites of the table, percent.</summary>
    public double? PercentWrong { get; init; }

    /// <summary>Wrong sites of the first table, percent.</summary>
    public double? ReferencePercentWrong { get; init; }

    /// <summary>Interval of the difference of the two over groups of structures.</summary>
    public ConfidenceInterval PercentWrongInterval { get; init; }
}
