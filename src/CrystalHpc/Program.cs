using System.CommandLine;
using System.CommandLine.Invocation;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Parallel;

namespace CrystalHpc;

/// <summary>The crystalhpc command: one process of a job, or all of it.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        Terminal.TakeConsole();
        try
        {
            return MpiEnvironment.Run(useMpi: null, environment => Invoke(args, environment));
        }
        catch (MpiStartException failure)
        {
            Terminal.Error.WriteLine($"crystalhpc: {failure.Message}");
            return (int)ExitCode.Unusable;
        }
    }

    private static int Invoke(string[] args, MpiEnvironment environment)
    {
        bool speaks = environment.World.Rank == 0;
        var invocation = new InvocationConfiguration
        {
            // Faults must reach the MPI environment, which ends all ranks.
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = speaks ? Terminal.Out : TextWriter.Null,
            Error = speaks ? Terminal.Error : TextWriter.Null,
        };
        RootCommand root = CommandLine.Create(new JobRunner(environment));
        if (!CompletionCommand.IsQuestion(args))
            root.Directives.Clear();

        // A file may be called @name: it is not taken for a list of arguments.
        ParseResult parsed = root.Parse(HelpPages.Meant(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Action is ParseErrorAction ? CommandLineErrors.Print(parsed, invocation) : parsed.Invoke(invocation);
    }
}
