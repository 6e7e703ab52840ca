using System.Text.Json.Nodes;
using CrystalHpc.Jobs;
using CrystalHpc.Pipeline;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Report.Data;

/// <summary>Everything the report shows, read from the tables of a run, aggregated.</summary>
internal sealed record ReportData
{
    /// <summary>What run.json says.</summary>
    public required RunRecord Record { get; init; }

    /// <summary>Counts of the merged run.</summary>
    public required MergeReport Merge { get; init; }

    /// <summary>Verdicts.</summary>
    public required StructureSummary Structures { get; init; }

    /// <summary>Distances of the pairs with most bonds.</summary>
    public required IReadOnlyList<PairHistogram> Pairs { get; init; }

    /// <summary>Number of all pairs, and of those with enough bonds for a histogram.</summary>
    public required (int All, int Enough) PairCounts { get; init; }

    /// <summary>Width of a bin of the histograms, Å.</summary>
    public required double BinWidthAngstrom { get; init; }

    /// <summary>The fit; null when the run has none.</summary>
    public required FitData? Fit { get; init; }

    /// <summary>Reads the tables of a run that is merged at least.</summary>
    /// <exception cref="UserException">The run is not merged, or a table is damaged.</exception>
    public static ReportData Read(RunDirectory run, RunRecord record)
    {
        MergeReport merge = record.Stage<MergeReport>("merge")
            ?? throw UserException.Unusable($"{run.Root} is not merged: run 'crystalhpc merge {run.Root}'");
        FitData? fit = record.Stage<FitReport>("fit") is { } report ? FitData.Read(run, report) : null;
        var wanted = new HashSet<string>(fit?.Residuals.Worst.Select(row => row.StructureId) ?? [], StringComparer.Ordinal);
        var pairs = PairHistogram.Read(
            Csv.Read<PairBinRow>(Path.Combine(run.Merged, "pair_bins.csv")), ReportLimits.HistogramBonds, ReportLimits.Histograms);
        return new ReportData
        {
            Record = record,
            Merge = merge,
            Structures = StructureSummary.Of(Csv.Read<StructureRow>(Path.Combine(run.Merged, "structures.csv")), wanted),
            Pairs = pairs.Shown,
            PairCounts = (pairs.Pairs, pairs.Enough),
            BinWidthAngstrom = BinWidth(record.Configuration),
            Fit = fit,
        };
    }

    private static double BinWidth(JsonNode configuration) => configuration["pair_distances"]!["bin_width_angstrom"]!.GetValue<double>();
}

/// <summary>The fit of a run.</summary>
/// <param name="Report">Its outcome in a few numbers.</param>
/// <param name="Parameters">All parameters, by number of sites, most first.</param>
/// <param name="History">Iterations of the optimizer.</param>
/// <param name="Residuals">How well the equations are met.</param>
internal sealed record FitData(
    FitReport Report, IReadOnlyList<ParameterRow> Parameters, IReadOnlyList<HistoryRow> History, ResidualSummary Residuals)
{
    /// <summary>Reads the tables of a fit.</summary>
    public static FitData Read(RunDirectory run, FitReport report) => new(
        report,
        [.. Csv.Read<ParameterRow>(Path.Combine(run.Fit, "parameters.csv")).OrderByDescending(row => row.Sites)],
        [.. Csv.Read<HistoryRow>(Path.Combine(run.Fit, "history.csv"))],
        ResidualSummary.Of(Csv.Read<ResidualRow>(Path.Combine(run.Fit, "residuals.csv")), ReportLimits.WorstSites));

    /// <summary>The parameters of a pair; null when it has none.</summary>
    public ParameterRow? ParametersOf(PairHistogram pair) => Parameters.FirstOrDefault(row =>
        row.Cation == pair.First && row.CationCharge == pair.FirstCharge && row.Anion == pair.Second && row.AnionCharge == pair.SecondCharge);
}
