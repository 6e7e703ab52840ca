using System.CommandLine;
using System.CommandLine.Parsing;

namespace CrystalHpc.Engine.Commands;

/// <summary>Paths, names and labels on the command line: none of them may be empty, as an unset variable of a shell is.</summary>
public static class TextArguments
{
    /// <summary>Lets a verb refuse empty texts.</summary>
    public static void RefuseEmpty(Command verb)
    {
        foreach (Option option in verb.Options.Where(option => IsText(option.ValueType)))
            option.Validators.Add(result => Check(result, result.Tokens, option.Name));
        foreach (Argument argument in verb.Arguments.Where(argument => IsText(argument.ValueType)))
            argument.Validators.Add(result => Check(result, result.Tokens, argument.Name));
    }

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(string[]);

    private static void Check(SymbolResult result, IReadOnlyList<Token> tokens, string name)
    {
        if (tokens.Any(token => token.Value.Length == 0))
            result.AddError($"{name} must not be empty");
    }
}
