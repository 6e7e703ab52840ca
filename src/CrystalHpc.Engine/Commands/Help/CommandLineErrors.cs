using System.CommandLine;
using System.CommandLine.Parsing;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Commands;

/// <summary>What is wrong with a command line, a line for each fault, with what was probably meant.</summary>
public static class CommandLineErrors
{
    /// <summary>Prints the faults to the errors of the invocation; without any verb, the first page of the help.</summary>
    public static int Print(ParseResult parsed, InvocationConfiguration invocation)
    {
        Command verb = parsed.CommandResult.Command;
        if (verb is RootCommand && parsed.UnmatchedTokens.Count == 0)
        {
            verb.Parse(["--help"]).Invoke(invocation);
            return (int)ExitCode.CommandLine;
        }

        foreach (string fault in Faults(parsed, verb))
            invocation.Error.WriteLine($"crystalhpc: {fault}");
        invocation.Error.WriteLine(verb is RootCommand ? "crystalhpc: 'crystalhpc --help' lists the verbs"
            : $"crystalhpc: 'crystalhpc {PathOf(verb)} --help' lists its options");
        return (int)ExitCode.CommandLine;
    }

    // The words that lead to a verb: "lattice predict".
    private static string PathOf(Command verb) =>
        string.Join(' ', verb.Parents.OfType<Command>().Where(parent => parent is not RootCommand).Select(PathOf).Append(verb.Name));

    private static IEnumerable<string> Faults(ParseResult parsed, Command verb)
    {
        foreach (string token in parsed.UnmatchedTokens)
        {
            if (verb is RootCommand && !token.StartsWith('-'))
            {
                yield return $"there is no verb "
                    + $"'{token}'{Spelling.Suggest(token, verb.Subcommands.Where(known => !known.Hidden).Select(known => known.Name))}";

                // What follows cannot be judged without the verb.
                yield break;
            }

            yield return token.StartsWith('-')
                ? $"there is no option '{token}'{Spelling.Suggest(token, OptionsOf(verb))}"
                : $"nothing is known to be done with '{token}'";
        }

        if (verb is RootCommand)
            yield break;
        foreach (string message in parsed.Errors.Where(error => !IsAboutToken(error, parsed.UnmatchedTokens)).Select(error => error.Message)
            .Distinct())
            yield return message;
    }

    private static bool IsAboutToken(ParseError error, IReadOnlyList<string> tokens) =>
        error.SymbolResult is CommandResult && tokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal));

    private static IEnumerable<string> OptionsOf(Command verb) =>
        verb.Options.Concat(verb.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
            .SelectMany(option => option.Aliases.Append(option.Name))
            .Where(name => name.StartsWith("--", StringComparison.Ordinal));
}
