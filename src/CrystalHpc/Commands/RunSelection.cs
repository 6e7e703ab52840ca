using System.CommandLine;
using CrystalHpc.Configuration;
using CrystalHpc.Jobs;
using CrystalHpc.Storage;

namespace CrystalHpc.Commands;

/// <summary>The arguments that name a configuration or a run directory, and what overrides them.</summary>
internal sealed class RunSelection
{
    private readonly Argument<string>? _configuration;
    private readonly Argument<string>? _run;
    private readonly Option<string?> _runOption = new("--run") { Description = "Run directory, instead of the configuration's.", HelpName = "DIR" };

    private readonly Option<string[]> _corpus = new("--corpus")
    {
        Description = "Folders, archives or files of the corpus, instead of the configuration's.",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };

    private RunSelection(Argument<string>? configuration, Argument<string>? run) => (_configuration, _run) = (configuration, run);

    /// <summary>The verb takes a configuration file.</summary>
    public static RunSelection ByConfiguration(Command command)
    {
        var configuration = new Argument<string>("CONFIG") { Description = "Configuration file (JSON with comments)." };
        var selection = new RunSelection(configuration, null);
        command.Add(configuration);
        command.Add(selection._runOption);
        command.Add(selection._corpus);
        return selection;
    }

    /// <summary>The verb takes a run directory.</summary>
    public static RunSelection ByRun(Command command, bool readsCorpus)
    {
        var run = new Argument<string>("RUN") { Description = "Run directory, made by 'crystalhpc index' or 'crystalhpc run'." };
        var selection = new RunSelection(null, run);
        command.Add(run);
        if (readsCorpus)
            command.Add(selection._corpus);
        return selection;
    }

    /// <summary>The configuration of a verb that takes one, with what overrides it; read by rank 0 for all.</summary>
    public (RunConfiguration Configuration, RunDirectory Run) ReadConfiguration(Job job, ParseResult parsed)
    {
        byte[] json = job.World.OnRankZero(() =>
        {
            RunConfiguration read = ConfigurationFile.Read(parsed.GetRequiredValue(_configuration!));
            if (parsed.GetValue(_runOption) is { } run)
                read = read with { RunDirectory = Path.GetFullPath(run) };
            return ConfigurationFile.ToBytes(WithCorpus(read, parsed));
        });
        RunConfiguration configuration = ConfigurationFile.Parse(json, "configuration");
        return (configuration, new RunDirectory(configuration.RunDirectory));
    }

    /// <summary>The run of a verb that takes one; read by rank 0 for all.</summary>
    public (RunConfiguration Configuration, RunDirectory Run, RunRecord Record) ReadRun(Job job, ParseResult parsed)
    {
        var run = new RunDirectory(Path.GetFullPath(parsed.GetRequiredValue(_run!)));
        byte[] bytes = job.World.OnRankZero(() =>
        {
            RunRecord.Read(run);
            return File.ReadAllBytes(run.RunJson);
        });
        RunRecord record = RunRecord.Parse(bytes, run.RunJson);
        RunConfiguration configuration = ConfigurationFile.Parse(ConfigurationFile.ToBytes(record.Configuration), run.RunJson);
        return (WithCorpus(configuration, parsed), run, record);
    }

    private RunConfiguration WithCorpus(RunConfiguration configuration, ParseResult parsed) =>
        parsed.GetResult(_corpus) is not null && parsed.GetValue(_corpus) is { Length: > 0 } paths
            ? configuration with { Corpus = configuration.Corpus with { Paths = [.. paths.Select(Path.GetFullPath)] } }
            : configuration;
}
