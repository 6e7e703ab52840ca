using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>An evaluated site with what the tables say of it.</summary>
/// <param name="Site">The site and its sums.</param>
/// <param name="Reason">Why it is excluded; null when it is not.</param>
/// <param name="Structure">Its structure.</param>
/// <param name="Group">Name of the group of the structure.</param>
/// <param name="Fold">Its fold.</param>
/// <param name="Block">Its block of equations.</param>
/// <param name="Index">Its place there.</param>
internal sealed record SiteOfTables(EvaluatedRow Site, string? Reason, StructureRow Structure, string Group, int Fold, int Block, int Index)
{
    /// <summary>By the first table that covers the site, v.u.; NaN, which is no failure, when none does or bonds may be missing.</summary>
    public double LeadingDeviation => Site.IsComplete
        ? Site.Sums.FirstOrDefault(sum => !double.IsNaN(sum), double.NaN) - Math.Abs(Site.Center.Charge)
        : double.NaN;
}

/// <summary>
/// The tables of an evaluation that have a row for each site, or for many: each rank writes the rows of its blocks as they come up.
/// </summary>
internal sealed class SiteTables : IDisposable
{
    private readonly Job _job;
    private readonly string _folder;
    private readonly bool _hasFolds;
    private readonly IReadOnlyList<string> _headers;
    private readonly SharedFile _sites, _excluded;
    private readonly List<FailedSite> _failures = [];
    private readonly SortedDictionary<string, int> _exclusions = new(StringComparer.Ordinal);

    private SiteTables(Job job, string folder, bool hasFolds, IReadOnlyList<string> headers)
    {
        (_job, _folder, _hasFolds, _headers) = (job, folder, hasFolds, headers);
        _sites = new SharedFile(job.World, Path.Combine(folder, "sites.csv"));
        _excluded = new SharedFile(job.World, Path.Combine(folder, "excluded.csv"));
    }

    /// <summary>Sites seen by this rank.</summary>
    public long Count { get; private set; }

    /// <summary>Excluded sites of this rank by reason.</summary>
    public IReadOnlyDictionary<string, int> Exclusions => _exclusions;

    /// <summary>Deviations by what a cation is.</summary>
    public DeviationTrends Trends { get; } = new();

    /// <summary>Opens the tables. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="folder">Where they go.</param>
    /// <param name="hasFolds">Whether there are held-out figures, so that folds mean something.</param>
    /// <param name="tables">Names of the tables under test.</param>
    public static SiteTables Open(Job job, string folder, bool hasFolds, IReadOnlyList<string> tables)
    {
        string[] headers =
        [
            "structure_id", "cod_id", "path", "site_index", "site_label", "ion", "charge", "n_bonds", "complete", "multiplicity",
                "group_id", "fold", "excluded",
            .. tables.Select(name => $"{name}_sum_vu"),
        ];
        job.World.OnRankZero(() =>
        {
            Directory.CreateDirectory(folder);
            WholeFile.Sweep(folder);
        });
        var open = new SiteTables(job, folder, hasFolds, headers);
        job.World.OnRankZero(() =>
        {
            WideTable.Write(open._sites.Part, [headers]);
            Csv.Write<ExcludedRow>(open._excluded.Part, []);
        });
        return open;
    }

    /// <summary>Adds the sites of a block.</summary>
    public void Add(IReadOnlyList<SiteOfTables> block)
    {
        Count += block.Count;
        WideTable.Write(_sites.Part, block.Select(Fields));
        Csv.WriteRows(_excluded.Part, block.Where(site => site.Reason is not null).Select(Excluded));
        foreach (SiteOfTables site in block)
        {
            if (site.Reason is { } reason)
                _exclusions[reason] = _exclusions.GetValueOrDefault(reason) + 1;
            EvaluatedRow row = site.Site;
            if (site.Reason is null && row is { IsComplete: true, Center.Charge: > 0 } && !double.IsNaN(row.Sums[0]))
                Trends.Add(row.Center, row.Neighbors, row.Coordination, site.LeadingDeviation);
            if (SubsetEvaluator.IsWrong(site.LeadingDeviation))
                _failures.Add(FailedSite.Of(site, Fields(site)));
        }
    }

    /// <summary>Puts the tables in place. A collective call.</summary>
    public void Complete()
    {
        _sites.Complete();
        _excluded.Complete();
        List<FailedSite> sorted = RankSort.Sort(_job.World, _failures, Comparer<FailedSite>.Default, FailedSite.Write, FailedSite.Read);
        using var file = new SharedFile(_job.World, Path.Combine(_folder, "failures.csv"));
        _job.World.Together(() =>
        {
            if (_job.IsRoot)
                WideTable.Write(file.Part, [_headers]);
            foreach (FailedSite failure in sorted)
                file.Part.Write(failure.Row);
        });
        file.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sites.Dispose();
        _excluded.Dispose();
    }

    private IEnumerable<object?> Fields(SiteOfTables site)
    {
        EvaluatedRow row = site.Site;
        return
        [
            row.StructureId, site.Structure.CodId, site.Structure.Path, row.SiteIndex, row.SiteLabel, row.Center.Element.Symbol,
            row.Center.Charge, row.Coordination, row.IsComplete ? "true" : "false", row.Multiplicity, site.Group,
            _hasFolds ? site.Fold : null, site.Reason, .. row.Sums.Cast<object>(),
        ];
    }

    private static ExcludedRow Excluded(SiteOfTables site)
    {
        EvaluatedRow row = site.Site;
        double? misfit = EvaluateExclusions.SmallestMisfit(row);
        return new ExcludedRow(
            row.StructureId, site.Structure.CodId, site.Structure.Path, row.SiteIndex, row.SiteLabel, row.Center.Element.Symbol,
                row.Center.Charge,
            site.Reason!, misfit is { } finite && double.IsFinite(finite) ? finite : null);
    }
}
