using System.CommandLine;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.Engine.Commands;

/// <summary><c>crystalhpc init</c>: a configuration file to start from.</summary>
public static class InitCommand
{
    private const string DefaultFile = "crystalhpc.json";

    /// <summary>The verb.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("init", """
            Writes a configuration file to start from: the corpus, and every other key with its default and its meaning as a comment.

            Examples:
              crystalhpc init my-run.json --corpus ~/my-cifs
              crystalhpc init --print
            """);
        var file = new Argument<string>("FILE")
        {
            Description = $"File to write; it must not be there yet. Default: {DefaultFile}.",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => DefaultFile,
        };
        var corpus = new Option<string[]>("--corpus")
        {
            Description = "Folders, archives or files of the corpus.",
            HelpName = "PATH",
            AllowMultipleArgumentsPerToken = true,
        };
        var print = new Option<bool>("--print") { Description = "Print it on standard output instead." };
        command.Add(file);
        command.Add(corpus);
        command.Add(print);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            string text = StartingFile.Write(context.Systems.Configuration, [.. (parsed.GetValue(corpus) ?? []).Select(Path.GetFullPath)]);
            if (parsed.GetValue(print))
            {
                Terminal.Out.Write(text);
                return;
            }

            string path = Path.GetFullPath(parsed.GetRequiredValue(file));
            try
            {
                WholeFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)), overwrite: false);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw UserException.Unusable(File.Exists(path) ? $"{path} is there already; it is left as it is" : fault.Message);
            }

            Terminal.Error.WriteLine($"{path} written; run it with 'crystalhpc run {parsed.GetRequiredValue(file)}'");
        }));
        return command;
    }
}
