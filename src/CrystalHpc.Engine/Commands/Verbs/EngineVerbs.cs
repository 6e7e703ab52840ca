using System.CommandLine;
using CrystalHpc.Engine.Systems;

namespace CrystalHpc.Engine.Commands;

/// <summary>The verbs that any job has, around those of the systems.</summary>
public static class EngineVerbs
{
    /// <summary>Gives a command line the verbs of the engine and of the systems, and verbs that belong to neither.</summary>
    public static void AddTo(RootCommand root, CommandContext context, params IEnumerable<Command> others)
    {
        IEnumerable<Command> ofSystems = context.Systems.Systems.SelectMany(system => system.Commands(context));
        IEnumerable<Command> verbs =
        [
            RunCommand.Create(context), IndexCommand.Create(context), ExtractCommand.Create(context), MergeCommand.Create(context), .. ofSystems,
            ReportCommand.Create(context), .. others, InitCommand.Create(context), InfoCommand.Create(context), CompletionCommand.Create(context),
        ];
        foreach (Command verb in verbs)
            root.Add(verb);
        HelpPages.Apply(root, WayOf(context.Systems));
    }

    /// <summary>The verbs that a run goes through, in order.</summary>
    public static IReadOnlyList<string> WayOf(SystemCatalog systems) =>
        ["index", "extract", "merge", .. systems.Stages.Select(stage => stage.Name), "report"];
}
