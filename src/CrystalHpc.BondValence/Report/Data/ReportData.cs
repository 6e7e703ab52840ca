using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Report;

/// <summary>Everything the report shows, read from the tables of a run, aggregated.</summary>
internal sealed record ReportData
{
    /// <summary>What run.json says.</summary>
    public required RunRecord Record { get; init; }

    /// <summary>The structures of the worst sites, by id.</summary>
    public required IReadOnlyDictionary<string, StructureRow> Structures { get; init; }

    /// <summary>Distances of the pairs with most bonds.</summary>
    public required IReadOnlyList<PairHistogram> Pairs { get; init; }

    /// <summary>Number of all pairs, and of those with enough bonds for a histogram.</summary>
    public required (int All, int Enough) PairCounts { get; init; }

    /// <summary>Width of a bin of the histograms, Å.</summary>
    public required double BinWidthAngstrom { get; init; }

    /// <summary>A published table to compare with; null for none.</summary>
    public required ParameterTable? Published { get; init; }

    /// <summary>How parameter tables do; empty when the run was not evaluated.</summary>
    public required IReadOnlyList<MetricRow> Metrics { get; init; }

    /// <summary>What deviations depend on; empty when the run was not evaluated.</summary>
    public required IReadOnlyList<TrendRow> Trends { get; init; }

    /// <summary>Held-out errors by number of structures; empty when nobody asked for them.</summary>
    public required IReadOnlyList<LearningCurveRow> LearningCurve { get; init; }

    /// <summary>True when the metrics belong to another fit than the one that is there, or do not say to which.</summary>
    public required bool IsEvaluationStale { get; init; }

    /// <summary>The fit; null when the run has none.</summary>
    public required FitData? Fit { get; init; }

    /// <summary>Reads the tables of a run that is merged at least.</summary>
    /// <exception cref="UserException">The run is not merged, or a table is damaged.</exception>
    /// <param name="run">The run directory.</param>
    /// <param name="record">Its record.</param>
    /// <param name="published">A table to compare the fit with; null for none.</param>
    public static ReportData Read(RunDirectory run, RunRecord record, ParameterTable? published)
    {
        FitData? fit = record.Stage<FitReport>("fit") is { } report ? FitData.Read(run, record.Configuration, report) : null;
        var wanted = new HashSet<string>(fit?.Residuals.Worst.Select(row => row.StructureId) ?? [], StringComparer.Ordinal);
        string metrics = Path.Combine(run.Evaluation, "metrics.csv");
        var pairs = PairHistogram.Read(
            Csv.Read<PairBinRow>(Path.Combine(run.Merged, PairProduct.BinTableName)), ReportLimits.HistogramBonds, ReportLimits.Histograms);
        return new ReportData
        {
            Record = record,
            Structures = wanted.Count == 0 ? [] : Csv.Read<StructureRow>(Path.Combine(run.Merged, StructureProduct.FileName))
                .Where(row => wanted.Contains(row.StructureId)).ToDictionary(row => row.StructureId, StringComparer.Ordinal),
            Pairs = pairs.Shown,
            PairCounts = (pairs.Pairs, pairs.Enough),
            BinWidthAngstrom = BinWidth(record.Configuration),
            Published = published,
            Metrics = ReadIfThere<MetricRow>(metrics),
            Trends = ReadIfThere<TrendRow>(Path.Combine(run.Evaluation, DeviationTrends.FileName)),
            LearningCurve = ReadIfThere<LearningCurveRow>(Path.Combine(run.Evaluation, Evaluation.LearningCurve.FileName)),
            IsEvaluationStale = File.Exists(metrics) && !IsOfPresentFit(run),
            Fit = fit,
        };
    }

    /// <summary>The published parameters of a pair; null when there is no table or it does not cover the pair.</summary>
    public ParameterEntry? PublishedOf(string cation, int cationCharge, string anion, int anionCharge) => Published?.Find(new BondKey(
        new Species(Element.Of(cation), (sbyte)cationCharge), new Species(Element.Of(anion), (sbyte)anionCharge)));

    /// <summary>
    /// How much longer bonds are here than in the published table at the valence that the fitted curve has at its pivot length, Å; null
    /// where the table does not cover the pair. There the fitted curve is known best, and r0 and B do not have to be told apart.
    /// </summary>
    public double? ShiftOf(ParameterRow row)
    {
        if (PublishedOf(row.Cation, row.CationCharge, row.Anion, row.AnionCharge) is not { } entry)
            return null;
        double valence = Fit!.CurveOf(row).Valence(row.PivotLengthA);
        return row.PivotLengthA - entry.Length(valence);
    }

    private static TRow[] ReadIfThere<TRow>(string path) => File.Exists(path) ? [.. Csv.Read<TRow>(path)] : [];

    private static bool IsOfPresentFit(RunDirectory run)
    {
        string path = Path.Combine(run.Evaluation, "metrics.json");
        return File.Exists(path) && JsonFile.Read(path, json =>
            json is JsonObject metrics && metrics.TryGetPropertyValue("fit_sha256", out JsonNode? digest)
                && (string?)digest == EvaluateStage.FitDigest(run));
    }

    private static double BinWidth(JsonNode configuration) => configuration["pair_distances"]!["bin_width_angstrom"]!.GetValue<double>();
}

/// <summary>The fit of a run.</summary>
/// <param name="Law">How valence falls with length.</param>
/// <param name="Report">Its outcome in a few numbers.</param>
/// <param name="Parameters">All parameters, by number of sites, most first.</param>
/// <param name="History">Iterations of the optimizer.</param>
/// <param name="Residuals">How well the equations are met.</param>
internal sealed record FitData(
    BondLaw Law, FitReport Report, IReadOnlyList<ParameterRow> Parameters, IReadOnlyList<HistoryRow> History, ResidualSummary Residuals)
{
    /// <summary>Reads the tables of a fit.</summary>
    public static FitData Read(RunDirectory run, JsonNode configuration, FitReport report) => new(
        configuration["fit"]?["law"].Deserialize<BondLaw>(ConfigurationFile.Json) ?? BondLaw.Exponential,
        report,
        [.. Csv.Read<ParameterRow>(Path.Combine(run.Fit, "parameters.csv")).OrderByDescending(row => row.Sites)],
        [.. Csv.Read<HistoryRow>(Path.Combine(run.Fit, "history.csv"))],
        ResidualSummary.Of(Csv.Read<ResidualRow>(Path.Combine(run.Fit, "residuals.csv")), ReportLimits.WorstSites));

    /// <summary>The fitted curve of a row.</summary>
    public ValenceCurve CurveOf(ParameterRow row) => new(Law, row.R0A, row.R0SeA, row.BA, row.BSeA, row.Correlation);

    /// <summary>
    /// The parameters of a pair: of its species, or, where oxidation states share parameters, of its elements; null when it has none.
    /// </summary>
    public ParameterRow? ParametersOf(PairHistogram pair) => Parameters.FirstOrDefault(row =>
        row.Cation == pair.First && row.Anion == pair.Second
        && (row.CationCharge == pair.FirstCharge || row.CationCharge == 0)
            && (row.AnionCharge == pair.SecondCharge || row.AnionCharge == 0));
}
