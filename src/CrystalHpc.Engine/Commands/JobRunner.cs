using System.CommandLine;
using System.Globalization;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Commands;

/// <summary>
/// Runs the body of a verb on every rank: the MPI ranks of the job, or threads of this process when no launcher started it.
/// </summary>
public sealed class JobRunner(MpiEnvironment environment)
{
    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "Ranks to run as threads of this process when no MPI launcher started it; default: all cores.",
        HelpName = "N",
        CustomParser = result => NumberArgument.Parse(result, 1, 1024),
    };

    private readonly Option<Dealing> _dealing = DealingOption();

    private readonly Option<string?> _logs = new("--log-per-rank") {
        Description = "Write a log of each rank into this folder.", HelpName = "DIR" };

    private readonly Option<string?> _stage = new("--stage")
    {
        Description = "Folder on a disk of the node: archives are copied there once for each node, "
            + "packed ones unpacked, and removed at the end.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress and no notes, only errors and results." };

    /// <summary>How the process runs.</summary>
    public MpiEnvironment Environment { get; } = environment;

    /// <summary>Gives a verb the options that all jobs share.</summary>
    public void AddOptions(Command command)
    {
        command.Add(_threads);
        command.Add(_dealing);
        command.Add(_logs);
        command.Add(_stage);
        command.Add(_quiet);
    }

    /// <summary>Runs the body on every rank and returns the exit code of the process.</summary>
    public int Run(ParseResult parsed, Func<Job, ExitCode> body)
    {
        int? threads = parsed.GetValue(_threads);
        JobOptions options = OptionsOf(parsed);
        MpiDescription mpi = Environment.Describe();
        bool isLaunched = mpi.Launcher is not null;
        options = options with { HasAccount = !options.IsQuiet && (isLaunched || JobAccount.SlurmJob is not null) };
        if (isLaunched && threads > 1)
        {
            if (Environment.World.Rank == 0)
                Terminal.Error.WriteLine("crystalhpc: --threads is for runs without an MPI launcher; ask the launcher for more ranks");
            return (int)ExitCode.CommandLine;
        }

        using var signals = new StopSignals();
        int ranks = isLaunched ? 1 : threads ?? System.Environment.ProcessorCount;
        if (ranks == 1)
            return (int)RunRank(new Job(Environment.World, options, signals), mpi, body);
        var code = ExitCode.Done;
        ThreadCommunicator.Run(ranks, communicator =>
        {
            ExitCode mine = RunRank(new Job(communicator, options, signals), mpi, body);
            if (communicator.Rank == 0)
                code = mine;
        });
        return (int)code;
    }

    /// <summary>Runs what needs no other rank, on rank 0 alone, and returns the exit code of the process.</summary>
    public int RunAlone(Action body)
    {
        if (Environment.World.Rank > 0)
            return (int)ExitCode.Done;
        try
        {
            body();
            Terminal.RequireOutput();
            return (int)ExitCode.Done;
        }
        catch (UserException failure)
        {
            return (int)Tell(failure);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (int)Tell(UserException.Unusable(fault.Message));
        }
    }

    private static Option<Dealing> DealingOption()
    {
        var option = new Option<Dealing>("--dealing")
        {
            Description = "How shards are dealt to ranks: 'dynamic', on request, or 'static', in advance. The tables are the same.",
            HelpName = "HOW",
            DefaultValueFactory = _ => Dealing.Dynamic,
        };

        // Without this, numbers would pass for names.
        option.AcceptOnlyFromAmong([.. Enum.GetValues<Dealing>().Select(SnakeCase.Of)]);
        return option;
    }

    private JobOptions OptionsOf(ParseResult parsed)
    {
        string? logs = parsed.GetValue(_logs), stage = parsed.GetValue(_stage);
        return new JobOptions(
            parsed.GetValue(_quiet), parsed.GetValue(_dealing), logs is null ? null : Path.GetFullPath(logs),
            stage is null ? null : Path.GetFullPath(stage),
            parsed.CommandResult.Command.Name);
    }

    // All ranks fail together for the same reason (see Collective), so every rank ends in good order and one speaks.
    private static ExitCode RunRank(Job job, MpiDescription mpi, Func<Job, ExitCode> body)
    {
        JobAccount? account = null;
        ExitCode code;
        try
        {
            job.World.Together(job.OpenLog);
            account = job.Options.HasAccount ? JobAccount.Open(job, mpi) : null;
            code = body(job);
            if (job.IsRoot && Terminal.Out.Failure is { } unwritten)
                Terminal.Error.WriteLine($"crystalhpc: standard output cannot be written: {unwritten}; the tables are complete");
        }
        catch (UserException failure)
        {
            code = job.IsRoot ? Tell(failure) : failure.Code;
        }

        account?.Close(code);
        job.End(code);
        return code;
    }

    private static ExitCode Tell(UserException failure)
    {
        foreach (string line in failure.Message.Split('\n'))
            Terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"crystalhpc: {line}"));
        return failure.Code;
    }
}
