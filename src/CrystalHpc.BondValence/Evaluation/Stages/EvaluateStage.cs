using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// Judges parameter tables on the sites of a merged run. Ranks evaluate their blocks, one after the other, and write the rows of their
/// sites; groups of structures have owners, which sum up over them; all other figures follow from these sums.
/// </summary>
internal sealed class EvaluateStage : IStage
{
    /// <inheritdoc/>
    public string Name => "evaluate";

    /// <inheritdoc/>
    public IReadOnlyList<string> Reports => [Name];

    /// <inheritdoc/>
    public bool IsWanted(RunConfiguration configuration) =>
        configuration.Find(BondValenceSections.Evaluation) is { } options && configuration.Has(BondValenceSections.Equations)
        && (configuration.Has(BondValenceSections.Fit) || options.Tables.Count > 0);

    /// <inheritdoc/>
    public void Run(Job job, OpenRun open, bool isForPeople)
    {
        EvaluationRequest request = OfRun(
            open.Configuration.Get(BondValenceSections.Evaluation), open.Configuration.Find(BondValenceSections.Fit), open.Directory);
        FinishedStage finished = Finished(job, open, request);
        if (open.Record.Stages.ContainsKey(Name) && finished.IsCurrent())
        {
            job.Say($"evaluate as it was, of the same tables and sites: {Path.Combine(request.Output, "metrics.csv")}");
            return;
        }

        EvaluationResult? result = Run(job, open, request);
        finished.Record();
        if (result is not null && isForPeople)
            EvaluateSummary.Print(result, request.Output);
    }

    private static FinishedStage Finished(Job job, OpenRun open, EvaluationRequest request)
    {
        (_, RunDirectory run, _) = open;
        PriorTable? prior = request.HeldOut is { } fit ? PriorTable.Read(job, fit) : null;
        string linearAlgebra = LinearAlgebraProvider.Name;
        return new FinishedStage(job, request.Output, [typeof(EvaluateStage)], () =>
        {
            IEnumerable<string> tables = request.Tables.Select(table =>
                $"{table.Name} {(File.Exists(table.Path) ? WholeFile.Digest(table.Path) : "")}");
            string structures = WholeFile.Digest(Path.Combine(run.Merged, StructureBlocks.FileName));
            string heldOut = FitCheckpoint.MadeFrom(run, request.HeldOut ?? FitOptions.Default, prior?.Digest);
            return $"evaluation/1\n{string.Join('\n', tables)}\n{structures}\n{request.HeldOut is not null} {heldOut}\n{linearAlgebra}\n"
                + JsonSerializer.Serialize(request.Options, ConfigurationFile.Json);
        });
    }

    /// <summary>Name of the cross-validated fit whose pairs without data in the other folds count as not covered.</summary>
    public const string HeldOut = "held-out";

    /// <summary>The same with such pairs taken from sums of radii.</summary>
    public const string HeldOutExtrapolated = "held-out-extrapolated";

    /// <summary>Name of the fit judged by the data that it was made from.</summary>
    public const string InSample = "in-sample";

    /// <summary>What the stage of a run evaluates: its own fit, held-out and in-sample, and the tables of the configuration.</summary>
    public static EvaluationRequest OfRun(EvaluationOptions options, FitOptions? fit, RunDirectory run)
    {
        List<TableSource> tables = [.. options.Tables.Select(path => TableSource.Of(path))];
        if (fit is not null)
            tables.Insert(0, new TableSource(InSample, FittedTable(run)));
        return new EvaluationRequest(options, options.Folds > 1 ? fit : null, tables, run.Evaluation);
    }

    /// <summary>The table that the fit of a run wrote.</summary>
    public static string FittedTable(RunDirectory run) => Path.Combine(run.Fit, "parameters.csv");

    /// <summary>
    /// Evaluates and writes the tables; the time is recorded when they go into the run directory. Rank 0 gets the result, the others null.
    /// </summary>
    /// <exception cref="UserException">The run is not merged, a table cannot be used, or two have the same name.</exception>
    public static EvaluationResult? Run(Job job, OpenRun open, EvaluationRequest request)
    {
        (_, RunDirectory run, RunRecord record) = open;
        var clock = Stopwatch.StartNew();
        EvaluationOptions options = request.Options;
        MergedTables.Verify(job, run);
        (List<TableUnderTest> tables, List<(string Table, Finding Finding)> findings, SortedDictionary<string, string> digests) =
            ReadTables(job, request);
        FoldFit[] folds = request.HeldOut is null ? [] : EvaluateFolds.Fit(job, run, request.HeldOut, options);
        IReadOnlyList<LearningCurveRow> curve = request is { HeldOut: { } fit, HasLearningCurve: true }
            ? LearningCurve.Run(job, run, fit, options, folds) : [];
        if (folds.Length > 0)
            tables.InsertRange(0, [Held(HeldOut, request.HeldOut!.Law, folds, false),
                Held(HeldOutExtrapolated, request.HeldOut!.Law, folds, true)]);
        if (tables.Count == 0)
            throw UserException.Unusable("there is no parameter table to evaluate");

        SiteBlocks blocks = SiteBlocks.Open(job, run, options);
        var byFold = new TablesByFold(tables, Math.Max(1, options.Folds));
        PairCoverage pairs = PairCoverage.Count(job, blocks, byFold);
        using SiteTables files = SiteTables.Open(job, request.Output, request.HeldOut is not null, byFold.Names);
        EvaluatedSites sites = new EvaluateSites(job, options, blocks, byFold, pairs).Run(files);
        files.Complete();
        IReadOnlyList<SubsetResult> subsets = new SubsetEvaluator(job.World, sites, options.BootstrapSamples, options.Seed).Run();
        IReadOnlyList<TrendRow> trends = files.Trends.Rows(job.World);
        SortedDictionary<string, int> exclusions = ExclusionsOf(job, files);
        long count = job.World.Allreduce(files.Count, ReduceOperation.Sum);
        EvaluationResult? result = null;
        job.World.OnRankZero(() =>
        {
            result = new EvaluationResult(options, FitDigest(run), digests, folds, exclusions, subsets, curve);
            EvaluateFiles.Write(request.Output, result, byFold.Names, pairs.Rows, trends, findings);
            var report = new EvaluationReport(byFold.Names.Length, (int)count, exclusions.Values.Sum(), clock.Elapsed.TotalSeconds,
                job.World.Size);
            if (request.Output == run.Evaluation)
                record.WriteStage(run, "evaluate", report);
            job.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"evaluate {report.Tables} tables on {report.Sites:N0} sites, {report.ExcludedSites:N0} of them excluded from the filtered "
                + $"figures  {report.Seconds:0.0} s"));
        });
        return result;
    }

    private static SortedDictionary<string, int> ExclusionsOf(Job job, SiteTables files)
    {
        var exclusions = new SortedDictionary<string, int>(StringComparer.Ordinal);
        IEnumerable<ExcludedSites> mine = files.Exclusions.Select(entry => new ExcludedSites(entry.Key, entry.Value));
        foreach ((string reason, int sites) in job.World.Gather(mine) ?? [])
            exclusions[reason] = exclusions.GetValueOrDefault(reason) + sites;
        return exclusions;
    }

    /// <summary>
    /// Digest of the table that the fit of a run wrote; null when there is none. It tells whether an evaluation belongs to the fit that is
    /// there.
    /// </summary>
    public static string? FitDigest(RunDirectory run) => File.Exists(FittedTable(run)) ? WholeFile.Digest(FittedTable(run)) : null;

    private static TableUnderTest Held(string name, BondLaw law, FoldFit[] folds, bool withExtrapolated)
    {
        ParameterTable[] tables = [.. folds.Select(fold => fold.ToTable(name, law, withExtrapolated))];
        return new TableUnderTest(name, fold => tables[fold]);
    }

    // Rank 0 reads the files for all; every rank makes the same tables of them.
    private static (List<TableUnderTest> Tables, List<(string Table, Finding Finding)> Findings, SortedDictionary<string, string> Digests)
        ReadTables(Job job, EvaluationRequest request)
    {
        var tables = new List<TableUnderTest>();
        var all = new List<(string Table, Finding Finding)>();
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string path) in request.Tables)
        {
            byte[] bytes = job.World.OnRankZero(() =>
                File.Exists(path) ? File.ReadAllBytes(path) : throw UserException.Unusable($"the table {path} does not exist"));
            var findings = new List<Finding>();
            ParameterTable table = ParameterTableFile.Read(name, bytes, findings);
            if (table.Count == 0)
                throw UserException.Unusable(
                    $"{path} is not a table of bond-valence parameters: "
                    + $"{findings.Select(finding => $"{finding.Code.Meaning} ({finding.Message})").FirstOrDefault("it has no rows")}");
            if (!digests.TryAdd(name, Convert.ToHexStringLower(SHA256.HashData(bytes))) || name is HeldOut or HeldOutExtrapolated)
                throw UserException.Unusable($"two tables are called '{name}'; rename one of the files");
            if (Describe(findings) is { Length: > 0 } odd)
                job.Say($"evaluate the table {name} has rows with {odd}");
            all.AddRange(findings.Select(finding => (name, finding)));
            tables.Add(new TableUnderTest(name, _ => table));
        }

        return (tables, all, digests);
    }

    private static string Describe(IEnumerable<Finding> findings) => string.Join(", ", findings
        .Where(finding => finding.Code.Severity != FindingSeverity.Note)
        .GroupBy(finding => finding.Code.Name)
        .Select(group => string.Create(CultureInfo.InvariantCulture,
            $"{group.Key} (line {group.First().Line}{(group.Count() > 1 ? $" and {group.Count() - 1} more" : "")})")));
}

/// <summary>Sites of a rank that are excluded for a reason.</summary>
internal sealed record ExcludedSites(string Reason, int Sites);

/// <summary>What the evaluation reports in <c>run.json</c>.</summary>
internal sealed record EvaluationReport(int Tables, int Sites, int ExcludedSites, double Seconds, int Ranks);
