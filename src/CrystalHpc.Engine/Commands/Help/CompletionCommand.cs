using System.CommandLine;
using System.Text.RegularExpressions;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.Engine.Commands;

/// <summary><c>crystalhpc completion</c>: the script that makes a shell complete verbs and options; file names complete as ever.</summary>
public static partial class CompletionCommand
{
    // Each script asks the program itself: "[suggest:POSITION]" and the line so far yield one candidate a line.
    private const string Bash = """
        _crystalhpc() {
            local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}"
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "$word"))
        }
        complete -o default -F _crystalhpc crystalhpc
        """;

    private const string Zsh = """
        #compdef crystalhpc
        _crystalhpc() {
            local -a found
            found=("${(@f)$("${words[1]}" "[suggest:${#BUFFER}]" "$BUFFER" 2>/dev/null)}")
            found=(${found:#})
            (( ${#found} )) && compadd -- "${found[@]}"
            [[ "$PREFIX" == -* ]] || _files
        }
        compdef _crystalhpc crystalhpc
        """;

    private const string Fish = """
        function __crystalhpc_complete
            set -l line (commandline -cp)
            set -l words (commandline -opc)
            $words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c crystalhpc -a '(__crystalhpc_complete)'
        """;

    /// <summary>True for the first word of what a script asks; other directives of the command-line library are not for users.</summary>
    public static bool IsQuestion(string[] args) => args.Length > 0 && Question().IsMatch(args[0]);

    [GeneratedRegex(@"^\[suggest:[0-9]{1,9}\]\z")]
    private static partial Regex Question();

    /// <summary>The verb.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("completion", """
            Prints the completion script of a shell: bash, zsh or fish.

            Examples:
              source <(crystalhpc completion bash)
              crystalhpc completion fish > ~/.config/fish/completions/crystalhpc.fish
            """);
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        command.Add(shell);
        command.SetAction(parsed => context.Runner.RunAlone(
            () => Terminal.Out.WriteLine(parsed.GetRequiredValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish })));
        return command;
    }
}
