using System.Diagnostics;
using System.Globalization;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Fit;

/// <summary>Fits bond-valence parameters to the merged equations; each rank evaluates its blocks, all ranks take the same steps.</summary>
internal sealed class FitStage : IStage
{
    /// <inheritdoc/>
    public string Name => "fit";

    /// <inheritdoc/>
    public IReadOnlyList<string> Reports => [Name, BootstrapStage.Report];

    /// <inheritdoc/>
    public bool IsWanted(RunConfiguration configuration) => configuration.Has(BondValenceSections.Fit);

    /// <inheritdoc/>
    public void Run(Job job, OpenRun open, bool isForPeople)
    {
        FitResult fit = Run(job, open);
        if (isForPeople)
            ParameterSummary.Print(job, open.Directory, fit);
    }

    /// <summary>Runs the fit and writes its tables. Every rank returns the same result but for the residuals, which are its own.</summary>
    /// <exception cref="UserException">There are no equations to fit, or the job was stopped.</exception>
    public static FitResult Run(Job job, OpenRun open)
    {
        (RunConfiguration configuration, RunDirectory run, RunRecord record) = open;
        FitOptions options = configuration.Find(BondValenceSections.Fit)
            ?? throw UserException.Configuration($"the configuration of {run.Root} has no fit section ('fit' is null)");
        PriorTable? prior = PriorTable.Read(job, options);
        string linearAlgebra = LinearAlgebraProvider.Name;
        var clock = Stopwatch.StartNew();
        MergedTables.Verify(job, run);
        int[] mine = [];
        IReadOnlyList<SiteEquation>[] equations = [];
        GroupRow[] groups = [];
        job.World.Together(() =>
        {
            var blocks = new EquationBlocks(run);
            mine = [.. job.Mine([.. Enumerable.Range(0, blocks.Count)])];
            equations = [.. mine.Select(block =>
            {
                job.StopPoint();
                return blocks.Read(block).Where(equation => IsUsed(options, equation)).ToArray();
            })];
            groups = StructureGroups.Read(run);
            HashSet<string> known = [.. groups.Select(group => group.GroupId)];
            if (equations.SelectMany(block => block).FirstOrDefault(equation => equation.GroupId.Length > 0 && !known.Contains(equation.GroupId)) is { } foreign)
                throw StructureGroups.Damaged(run, $"it lacks the group {foreign.GroupId}");
        });

        IReadOnlyList<BondKey> keys = KeyUnion.OverRanks(job, equations.SelectMany(block => EquationTable.KeysOf(block, options.Key)));
        if (keys.Count == 0)
            throw UserException.Unusable($"{run.Root} has no equation to fit: no structure was accepted with a cation bonded to an anion");
        Dictionary<string, int> sizes = groups.ToDictionary(row => row.GroupId, row => row.Structures);
        EquationTable[] tables = [.. equations.Select(block => EquationTable.Build(block, keys, Weights(options, block, sizes), options.Key))];
        job.Say(string.Create(CultureInfo.InvariantCulture, $"fit      {keys.Count:N0} pairs of cation and anion"));
        (FitCheckpoint checkpoint, FitCheckpointing checkpointing) = FitCheckpoint.Open(job, run, options, prior?.Digest);
        FitResult result = BondValenceFit.Run(options, keys, tables, job.GlobalSum, observer: null, checkpointing, prior?.Table);
        result = ParameterErrors.Apply(job, options, keys, mine, tables, result, groups);

        byte[][]? residuals = job.World.GatherBytes(ResidualTable.Pack(mine, equations, tables, result.Residuals), 0);
        job.World.OnRankZero(() =>
        {
            Directory.CreateDirectory(run.Fit);
            WholeFile.Sweep(run.Fit);
            BootstrapStage.Forget(run, record);
            ResidualTable.Write(Path.Combine(run.Fit, "residuals.csv"), residuals!);
            FitSummary summary = FitSummary.Of(result, prior?.Digest);
            ParameterFiles.Write(run, record, result, summary);
            var report = new FitReport(summary, linearAlgebra, clock.Elapsed.TotalSeconds, job.World.Size);
            record.WriteStage(run, "fit", report);
            job.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"fit      {result.EquationCount:N0} equations, {result.GatedCount:N0} left out by the gate, {summary.Iterations} iterations, stopped by {summary.StoppedBy}  {report.Seconds:0.0} s"));
        });
        BootstrapStage.Run(job, options, run, record, result);
        job.World.OnRankZero(checkpoint.Remove);
        return result;
    }

    /// <summary>True for equations that enter the fit: those of cations, and where the options say so the complete ones of anions.</summary>
    internal static bool IsUsed(FitOptions options, SiteEquation equation) => equation.IsCation || (options.AnionWeight > 0 && equation.IsComplete);

    /// <summary>Weights of equations: redeterminations of the same structure share one vote, if the options say so.</summary>
    /// <param name="options">The options of the fit.</param>
    /// <param name="block">The equations.</param>
    /// <param name="groups">Accepted structures of each group.</param>
    internal static double[] Weights(FitOptions options, IReadOnlyList<SiteEquation> block, Dictionary<string, int> groups) =>
        [.. block.Select(equation => (equation.IsCation ? 1 : options.AnionWeight)
            / (options.RedeterminationsShareWeight ? groups.GetValueOrDefault(equation.GroupId, 1) : 1))];
}

/// <summary>What the fit stage reports in <c>run.json</c>.</summary>
internal sealed record FitReport(FitSummary Fit, string LinearAlgebra, double Seconds, int Ranks);

/// <summary>The outcome of a fit in a few numbers: <c>fit.json</c>, the same for any number of ranks.</summary>
internal sealed record FitSummary(
    string Law,
    int Pairs,
    long Equations,
    long GatedEquations,
    double TotalWeight,
    int Iterations,
    int Evaluations,
    string StoppedBy,
    double? Value,
    double? ProjectedGradient,
    long CutExponents,
    int PairsAtBound,
    StartComparison Starts,
    string? PriorTable)
{
    /// <param name="result">The fit.</param>
    /// <param name="priorTable">Digest of the table that was a second prior; null: there was none.</param>
    public static FitSummary Of(FitResult result, string? priorTable) => new(
        SnakeCase.Of(result.Law),
        result.Parameters.Count,
        result.EquationCount,
        result.GatedCount,
        result.TotalWeight,
        result.History.Count == 0 ? 0 : result.History[^1].Search.Iteration,
        result.History.Count == 0 ? 1 : result.History[^1].Search.Evaluations,
        SnakeCase.Of(result.Reason),
        double.IsFinite(result.Value) ? result.Value : null,
        result.History.Count == 0 ? null : result.History[^1].Search.ProjectedGradient,
        result.CutExponents,
        result.Parameters.Count(parameters => parameters.Flags.HasFlag(ParameterCautions.AtBound)),
        result.Starts,
        priorTable);
}
