using System.Diagnostics;
using System.Globalization;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
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
        if (open.Record.Stages.ContainsKey(Name) && Finished(job, open).IsCurrent())
        {
            job.Say($"fit      as it was, from the same equations: {Path.Combine(open.Directory.Fit, "parameters.csv")}");
            return;
        }

        RunAnew(job, open, isForPeople);
    }

    /// <summary>Fits, whatever results are there. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="open">A merged run.</param>
    /// <param name="isForPeople">Print the outcome on standard output.</param>
    public static void RunAnew(Job job, OpenRun open, bool isForPeople)
    {
        FitResult fit = Run(job, open);
        Finished(job, open).Record();
        if (isForPeople)
            ParameterSummary.Print(job, open.Directory, fit);
    }

    // parameters.cif says of which run it is.
    private static FinishedStage Finished(Job job, OpenRun open)
    {
        (RunConfiguration configuration, RunDirectory run, RunRecord record) = open;
        FitOptions options = configuration.Get(BondValenceSections.Fit);
        PriorTable? prior = PriorTable.Read(job, options);
        string linearAlgebra = LinearAlgebraProvider.Name;
        return new FinishedStage(job, run.Fit, [typeof(FitStage)], () =>
            $"{FitCheckpoint.MadeFrom(run, options, prior?.Digest)}\n{record.CodeVersion} {record.Corpus.Files} "
            + $"{record.Corpus.ManifestSha256}\n{linearAlgebra}");
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
        LocalEquations equations = LocalEquations.Read(job, run, options);
        (IReadOnlyList<BondKey> keys, EquationTable[] tables) = (equations.Keys, equations.Tables);
        if (keys.Count == 0)
            throw UserException.Unusable($"{run.Root} has no equation to fit: no structure was accepted with a cation bonded to an anion");
        job.Say(string.Create(CultureInfo.InvariantCulture, $"fit      {keys.Count:N0} pairs of cation and anion"));
        (FitCheckpoint checkpoint, FitCheckpointing checkpointing) = FitCheckpoint.Open(job, run, options, prior?.Digest);
        FitResult result = BondValenceFit.Run(options, keys, tables, job.GlobalSum, observer: null, checkpointing, prior?.Table);
        result = ParameterErrors.Apply(job, options, keys, equations.Blocks, tables, result, group
            => equations.Groups.Find(group)!.Value.Number);

        job.World.OnRankZero(() =>
        {
            Directory.CreateDirectory(run.Fit);
            WholeFile.Sweep(run.Fit);
            BootstrapStage.Forget(run, record);
        });
        ResidualTable.Write(job, run, options, equations, result.Residuals);
        job.World.OnRankZero(() =>
        {
            FitSummary summary = FitSummary.Of(result, prior?.Digest);
            ParameterFiles.Write(run, record, result, summary);
            var report = new FitReport(summary, linearAlgebra, clock.Elapsed.TotalSeconds, job.World.Size);
            record.WriteStage(run, "fit", report);
            job.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"fit      {result.EquationCount:N0} equations, {result.GatedCount:N0} left out by the gate, {summary.Iterations} "
                + $"iterations, stopped by {summary.StoppedBy}  {report.Seconds:0.0} s"));
        });
        BootstrapStage.Run(job, options, run, record, result);
        job.World.OnRankZero(checkpoint.Remove);
        return result;
    }
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
