using System.CommandLine;
using CrystalHpc.Engine.Systems;

namespace CrystalHpc.Engine.Commands;

/// <summary>The verbs that any job has, around those of the systems.</summary>
public static class EngineVerbs
{
    /// <summary>Gives a command line the verbs of the engine and of the systems, and those that need neither.</summary>
    /// <param name="root">The command line.</param>
    /// <param name="context">What verbs work with.</param>
    /// <param name="tools">Verbs on the core alone.</param>
    public static void AddTo(RootCommand root, CommandContext context, params IEnumerable<Command> tools)
    {
        IEnumerable<Command> ofSystems = context.Systems.Systems.SelectMany(system => system.Commands(context));
        IEnumerable<Command> verbs =
        [
            RunCommand.Create(context), IndexCommand.Create(context), ExtractCommand.Create(context), MergeCommand.Create(context),
            .. ofSystems,
            ReportCommand.Create(context), StatusCommand.Create(context), .. tools, InitCommand.Create(context),
            InfoCommand.Create(context),
            CompletionCommand.Create(context),
        ];
        foreach (Command verb in verbs)
        {
            TextArguments.RefuseEmpty(verb);
            root.Add(verb);
        }

        HelpPages.Apply(root, WayOf(context.Systems));
    }

    /// <summary>The verbs that a run goes through, in order.</summary>
    public static IReadOnlyList<string> WayOf(SystemCatalog systems) =>
        ["index", "extract", "merge", .. systems.Stages.Select(stage => stage.Name), "report"];
}
