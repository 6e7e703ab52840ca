using System.CommandLine;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Systems;

namespace CrystalHpc.Engine.Commands;

/// <summary>The arguments that name a configuration or a run directory, and what overrides them.</summary>
public sealed class RunSelection
{
    private readonly Argument<string>? _configuration;
    private readonly Argument<string>? _run;
    private readonly Option<string?> _runOption = new("--run") {
        Description = "Run directory, instead of the configuration's.", HelpName = "DIR" };

    private readonly Option<string[]> _corpus = new("--corpus")
    {
        Description = "Folders, archives or files of the corpus, instead of the configuration's.",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly SystemCatalog _systems;

    private RunSelection(SystemCatalog systems, Argument<string>? configuration, Argument<string>? run) =>
        (_systems, _configuration, _run) = (systems, configuration, run);

    /// <summary>The verb takes a configuration file.</summary>
    public static RunSelection ByConfiguration(CommandContext context, Command command)
    {
        var configuration = new Argument<string>("CONFIG") { Description = "Configuration file (JSON with comments)." };
        var selection = new RunSelection(context.Systems, configuration, null);
        command.Add(configuration);
        command.Add(selection._runOption);
        command.Add(selection._corpus);
        return selection;
    }

    /// <summary>The verb takes a run directory.</summary>
    public static RunSelection ByRun(CommandContext context, Command command, bool readsCorpus)
    {
        var run = new Argument<string>("RUN") { Description = "Run directory, made by 'crystalhpc index' or 'crystalhpc run'." };
        var selection = new RunSelection(context.Systems, null, run);
        command.Add(run);
        if (readsCorpus)
            command.Add(selection._corpus);
        return selection;
    }

    /// <summary>The configuration of a verb that takes one, with what overrides it; read by rank 0 for all.</summary>
    public RunConfiguration ReadConfiguration(Job job, ParseResult parsed)
    {
        byte[] json = job.World.OnRankZero(() =>
        {
            RunConfiguration read = _systems.Configuration.Read(parsed.GetRequiredValue(_configuration!));
            if (parsed.GetValue(_runOption) is { } run)
                read = read.WithRunDirectory(Path.GetFullPath(run));
            return WithCorpus(read, parsed).ToBytes();
        });
        return _systems.Configuration.Parse(json, "configuration");
    }

    /// <summary>
    /// Locks the run of a verb that takes one, which must be there, against other jobs that write the same. A collective call.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="parsed">The arguments.</param>
    /// <param name="shards">The shards that the verb writes; null when it writes what all shards have in common.</param>
    public DirectoryLock Lock(Job job, ParseResult parsed, int[]? shards = null)
    {
        RunDirectory run = ReadRun(job, parsed).Directory;
        return DirectoryLock.Take(job, run.Root, parsed.CommandResult.Command.Name, shards);
    }

    /// <summary>The run of a verb that takes one; read by rank 0 for all.</summary>
    public OpenRun ReadRun(Job job, ParseResult parsed)
    {
        var run = new RunDirectory(Path.GetFullPath(parsed.GetRequiredValue(_run!)));
        byte[] bytes = job.World.OnRankZero(() => RunRecord.Read(run).ToBytes());
        RunRecord record = RunRecord.Parse(bytes, run.RunJson);
        return new OpenRun(WithCorpus(_systems.Configuration.Parse(record.ConfigurationBytes(), run.RunJson), parsed), run, record);
    }

    /// <summary>The same for a verb that writes into the run: its directory records this attempt.</summary>
    /// <param name="job">The job.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="part">Which of several jobs of this verb it is that work beside one another; empty: the only one.</param>
    public OpenRun TakeUp(Job job, ParseResult parsed, string part = "")
    {
        OpenRun open = ReadRun(job, parsed);
        RunAttempt.Begin(job, open.Directory, part);
        return open;
    }

    private RunConfiguration WithCorpus(RunConfiguration configuration, ParseResult parsed) =>
        parsed.GetResult(_corpus) is not null && parsed.GetValue(_corpus) is { Length: > 0 } paths
            ? configuration.With(EngineSections.Corpus, configuration.Get(EngineSections.Corpus) with {
                Paths = [.. paths.Select(Path.GetFullPath)] })
            : configuration;
}
