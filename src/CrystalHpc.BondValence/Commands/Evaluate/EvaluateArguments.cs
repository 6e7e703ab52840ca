using System.CommandLine;
using System.Text.Json;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Systems;

namespace CrystalHpc.BondValence.Commands;

/// <summary>What <c>evaluate</c> was asked to do.</summary>
/// <param name="Configuration">The configuration of the run.</param>
/// <param name="Run">The run whose merged equations are used.</param>
/// <param name="IsMerged">The run is there already; otherwise it is made of the corpus.</param>
/// <param name="Request">What to evaluate.</param>
/// <param name="IsJson">JSON instead of a table.</param>
internal sealed record EvaluateChoice(RunConfiguration Configuration, RunDirectory Run, bool IsMerged, EvaluationRequest Request,
    bool IsJson);

/// <summary>The arguments of <c>evaluate</c>.</summary>
internal sealed class EvaluateArguments
{
    private const string DefaultRun = "crystalhpc-evaluation";

    private readonly Argument<string[]> _paths = new("TABLE... CORPUS")
    {
        Description = "Parameter tables, then the directory of a run or a corpus: a CIF file, folder or archive. A run alone: as "
            + "'crystalhpc run' evaluates it.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _corpus = new("--corpus")
    {
        Description = "The corpus, when it is several files, folders or archives; every TABLE is a table then.",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _configuration = new("--config")
    {
        Description = "Configuration: its sections 'fit' and 'evaluation', and how a corpus is extracted. "
            + "Default: that of the run; for a corpus, the defaults.",
        HelpName = "CONFIG",
    };

    private readonly Option<string?> _run = new("--run") {
        Description = $"Run directory that a corpus is extracted to; default: {DefaultRun}.", HelpName = "DIR" };

    private readonly Option<string?> _output = new("--out") {
        Description = "Folder for the result; default: 'evaluation' in the run directory.", HelpName = "DIR" };

    private readonly Option<bool> _heldOut = new("--held-out")
    {
        Description = "Evaluates the fit of the run, too, by cross-validation; differences are to it.",
    };

    private readonly Option<bool> _learningCurve = new("--learning-curve")
    {
        Description = "Repeats the cross-validation with 1/64, 1/32, ... of the structures: "
            + "learning_curve.csv tells what more of them bring. Means --held-out.",
    };

    private readonly Option<bool> _roundBonds = new("--round-bonds") { Description = "Rounds the valence of each bond before adding." };

    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON, all figures, instead of a table." };

    private readonly SystemCatalog _systems;

    /// <summary>Adds the arguments to a command.</summary>
    public EvaluateArguments(SystemCatalog systems, Command command)
    {
        _systems = systems;
        command.Add(_paths);
        foreach (Option option in (Option[])[_corpus, _configuration, _run, _output, _heldOut, _learningCurve, _roundBonds, _json])
            command.Add(option);
    }

    /// <summary>What was asked for; read by rank 0 for all.</summary>
    /// <exception cref="UserException">Something does not fit together.</exception>
    public EvaluateChoice Read(Job job, ParseResult parsed)
    {
        string[] paths = [.. parsed.GetRequiredValue(_paths).Select(Path.GetFullPath)];
        string[] corpus = [.. (parsed.GetValue(_corpus) ?? []).Select(Path.GetFullPath)];
        if (corpus.Length == 0)
            (paths, corpus) = (paths[..^1], [paths[^1]]);
        byte[] json = job.World.OnRankZero(() => Configuration(parsed, corpus).ToBytes());
        RunConfiguration configuration = _systems.Configuration.Parse(json, "configuration");
        bool isMerged = configuration.RunDirectory == corpus[0];
        var run = new RunDirectory(configuration.RunDirectory);
        bool hasLearningCurve = parsed.GetValue(_learningCurve), isHeldOut = parsed.GetValue(_heldOut) || hasLearningCurve;
        FitOptions? fit = configuration.Find(BondValenceSections.Fit);
        if (isHeldOut && fit is null)
            throw UserException.Configuration("--held-out needs a fit: the section 'fit' of the configuration is null");
        EvaluationOptions options = configuration.Find(BondValenceSections.Evaluation) ?? EvaluationOptions.Default;
        options = options with
        {
            RoundEachBond = options.RoundEachBond || parsed.GetValue(_roundBonds),
            Folds = isHeldOut && options.Folds < 2 ? EvaluationOptions.Default.Folds : options.Folds,
        };

        TableSource[] tables = JsonSerializer.Deserialize<TableSource[]>(
            job.World.OnRankZero(() => JsonSerializer.SerializeToUtf8Bytes(paths.Select(TableSource.Of))))!;
        string output = parsed.GetValue(_output) is { } folder ? Path.GetFullPath(folder) : run.Evaluation;
        EvaluationRequest request = tables.Length == 0 && isMerged && !isHeldOut
            ? EvaluateStage.OfRun(options, fit, run) with { Output = output }
            : new EvaluationRequest(options, isHeldOut ? fit : null, tables, output, hasLearningCurve);
        return new EvaluateChoice(configuration, run, isMerged, request, parsed.GetValue(_json));
    }

    // A corpus that is the directory of a run is used as it is, by its own configuration.
    private RunConfiguration Configuration(ParseResult parsed, string[] corpus)
    {
        RunConfiguration? given = parsed.GetValue(_configuration) is { } path ? _systems.Configuration.Read(path) : null;
        var run = new RunDirectory(corpus[0]);
        if (corpus.Length == 1 && File.Exists(run.RunJson))
        {
            RunConfiguration own = _systems.Configuration.Parse(RunRecord.Read(run).ConfigurationBytes(), run.RunJson)
                .WithRunDirectory(run.Root);
            return given is null ? own : own
                .With(BondValenceSections.Fit, given.Find(BondValenceSections.Fit))
                .With(BondValenceSections.Evaluation, given.Find(BondValenceSections.Evaluation));
        }

        RunConfiguration chosen = given ?? _systems.Configuration.Defaults;
        if (!chosen.Has(BondValenceSections.Equations))
            throw UserException.Configuration("an evaluation needs equations: the section 'equations' of the configuration is null");
        return chosen
            .WithRunDirectory(Path.GetFullPath(parsed.GetValue(_run) ?? DefaultRun))
            .With(EngineSections.Corpus, chosen.Get(EngineSections.Corpus) with { Paths = corpus });
    }
}
