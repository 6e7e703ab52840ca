using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.Engine.Commands;

/// <summary>
/// What <c>--help</c> prints: the first page shows the way of the data and the verbs, the page of a verb all of its examples
/// below its options.
/// </summary>
/// <remarks>Verbs state their examples in their descriptions, after a line <c>Example:</c> or <c>Examples:</c>.</remarks>
public static class HelpPages
{
    private static readonly string[] Ends = [". ", ": ", "; "];

    /// <summary><c>help</c> and <c>help VERB</c> mean what <c>--help</c> and <c>VERB --help</c> do.</summary>
    public static string[] Meant(string[] args) => args is ["help", .. string[] verb] ? [.. verb, "--help"] : args;

    /// <summary>Moves the examples of all verbs out of their descriptions and gives the command line its help.</summary>
    /// <param name="root">The command line.</param>
    /// <param name="way">Names of the verbs that a run goes through, in order.</param>
    public static void Apply(RootCommand root, IReadOnlyList<string> way)
    {
        var examples = new Dictionary<Command, string[]>();
        foreach (Command verb in root.Subcommands.SelectMany(WithNested))
            examples[verb] = TakeExamples(verb);
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        var usual = (HelpAction)help.Action!;
        usual.MaxWidth = Width;
        help.Action = new PageAction(root, way, examples, usual);
    }

    // Text in a file or a pipe is broken like text on a screen.
    private static int Width => Console.IsOutputRedirected ? 120 : Math.Clamp(Console.WindowWidth, 60, 140);

    // A verb and, where it is the word of a system, the verbs below it.
    private static IEnumerable<Command> WithNested(Command verb) => verb.Subcommands.SelectMany(WithNested).Prepend(verb);

    private static string[] TakeExamples(Command verb)
    {
        string[] lines = (verb.Description ?? "").ReplaceLineEndings("\n").Split('\n');
        int start = Array.FindIndex(lines, line => line is "Example:" or "Examples:");
        if (start < 0)
            return [];
        verb.Description = string.Join(' ', lines[..start]).Trim();
        return [.. lines[(start + 1)..].Select(line => line.Trim()).Where(line => line.Length > 0)];
    }

    /// <summary>Prints the first page: purpose, way of the data, verbs, a command to begin with.</summary>
    public static void PrintFirst(TextWriter output, RootCommand root, IReadOnlyList<string> way, string start)
    {
        output.WriteLine(root.Description);
        output.WriteLine();
        string verbs = string.Join(" -> ", way);
        output.WriteLine($"  CIF files -> {verbs}");
        output.WriteLine($"               '{" run does all of it ".PadLeft(verbs.Length / 2 + 9, '-').PadRight(verbs.Length - 2, '-')}'");
        output.WriteLine();
        output.WriteLine("Usage: crystalhpc VERB ... [options]");
        output.WriteLine();
        foreach (Command verb in root.Subcommands.Where(verb => !verb.Hidden))
            output.WriteLine($"  {verb.Name,-11} {Gist(verb.Description ?? "")}");
        output.WriteLine();
        output.WriteLine($"To begin: {start}");
        output.WriteLine("'crystalhpc VERB --help' shows the options of a verb and examples. Documentation: docs/README.md");
    }

    private static string Gist(string text)
    {
        int end = Ends.Select(mark => text.IndexOf(mark, StringComparison.Ordinal)).Where(place => place > 0).DefaultIfEmpty(-1).Min();
        return end < 0 ? text : text[..end] + ".";
    }

    private sealed class PageAction(
        RootCommand root, IReadOnlyList<string> way, IReadOnlyDictionary<Command, string[]> examples, HelpAction usual)
        : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            Command verb = parseResult.CommandResult.Command;
            if (verb == root)
                PrintFirst(output, root, way, examples[root.Subcommands[0]][0]);
            else
                PrintVerb(parseResult, examples[verb]);
            return (int)(Terminal.Out.Failure is null ? ExitCode.Done : ExitCode.Unusable);
        }

        private void PrintVerb(ParseResult parseResult, string[] lines)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            usual.Invoke(parseResult);
            if (lines.Length == 0)
                return;
            output.WriteLine("Examples:");
            foreach (string line in lines)
                output.WriteLine($"  {line}");
            output.WriteLine();
        }
    }
}
