using System.CommandLine;

namespace CrystalHpc.Commands;

/// <summary>The verbs of the command; one file each.</summary>
internal static class CommandLine
{
    /// <summary>The whole command line.</summary>
    public static RootCommand Create(JobRunner runner) => new(
        "Bond-valence parameters from crystal structures, on one core or on many MPI ranks.")
    {
        RunCommand.Create(runner),
        IndexCommand.Create(runner),
        ExtractCommand.Create(runner),
        MergeCommand.Create(runner),
        FitCommand.Create(runner),
        EvaluateCommand.Create(runner),
        ReportCommand.Create(runner),
        InspectCommand.Create(runner),
        SynthesizeCommand.Create(runner),
        InfoCommand.Create(runner),
        CompletionCommand.Create(runner),
    };
}
