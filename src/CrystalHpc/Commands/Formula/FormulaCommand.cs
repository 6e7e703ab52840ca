using System.CommandLine;
using System.Text;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc formula</c>: what chemical formulas mean, or why they are refused.</summary>
internal static class FormulaCommand
{
    // Lines of standard input that are aligned together.
    private const int Batch = 256;

    /// <summary>The verb.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("formula", """
            Reads chemical formulas as people write them: reduced and anonymous formula and mass, or why and where one is refused.

            Examples:
              crystalhpc formula 'CuSO4·5H2O' Ba0.5Sr0.5TiO3 'Ba1-xSrxTiO3'
              crystalhpc formula - --json < formulas.txt
            """);
        var texts = new Argument<string[]>("TEXT")
        {
            Description = "Formulas, or - for one a line of standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "The same for programs: one JSON object a line." };
        command.Add(texts);
        command.Add(json);
        command.SetAction(parsed => context.Runner.RunAlone(() => Read(parsed.GetRequiredValue(texts), parsed.GetValue(json))));
        return command;
    }

    private static void Read(string[] texts, bool isJson)
    {
        long all = 0, refused = 0;
        foreach (FormulaAnswer[] answers in texts.SelectMany(LinesOf).Select(FormulaAnswer.Of).Chunk(Batch))
        {
            all += answers.Length;
            refused += answers.Count(answer => answer.Refusal is not null);
            if (isJson)
            {
                foreach (FormulaAnswer answer in answers)
                    Console.Out.WriteLine(answer.ToJson().ToJsonString(JobSummary.OneLine));
            }
            else
            {
                FormulaLines.Print(Console.Out, answers);
            }
        }

        if (refused > 0)
            throw UserException.Unusable(FormattableString.Invariant($"{refused} of {all} formulas refused"));
    }

    private static IEnumerable<string> LinesOf(string text)
    {
        if (text != "-")
        {
            yield return text;
            yield break;
        }

        using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        while (input.ReadLine() is { } line)
            yield return line;
    }
}
