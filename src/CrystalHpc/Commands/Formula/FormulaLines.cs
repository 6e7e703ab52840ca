using System.Globalization;

namespace CrystalHpc.Commands;

/// <summary>Answers about formulas as lines for people: columns, and a caret below the place of a refusal.</summary>
internal static class FormulaLines
{
    // Longer columns are not padded to, and longer texts are cut around the place of a refusal.
    private const int WidestColumn = 32;
    private const int WidestText = 72;

    /// <summary>Prints the answers, aligned with one another.</summary>
    public static void Print(TextWriter output, IReadOnlyList<FormulaAnswer> answers)
    {
        (int text, int reduced, int anonymous) = (WidthOf(answers, answer => answer.Text),
            WidthOf(answers, answer => answer.Formula?.Reduced),
            WidthOf(answers, answer => answer.Formula?.Anonymous));
        foreach (FormulaAnswer answer in answers)
        {
            if (answer.Formula is { } formula)
            {
                output.Write($"{Printable(answer.Text).PadRight(text)}  {formula.Reduced.PadRight(reduced)}  ");
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{formula.Anonymous.PadRight(anonymous)}  {formula.MassU,12:0.0000} u"));
                if (answer.Warning is not null)
                    output.WriteLine($"    warning: {answer.Warning}");
                continue;
            }

            (string shown, int caret) = Around(Printable(answer.Text), answer.Refusal!.Position);
            output.WriteLine(shown);
            output.WriteLine($"{new string(' ', caret)}^ {answer.Refusal.Reason} ({answer.Refusal.Code}, position "
                + $"{answer.Refusal.Position})");
        }
    }

    private static int WidthOf(IReadOnlyList<FormulaAnswer> answers, Func<FormulaAnswer, string?> column) => answers
        .Where(answer => answer.Formula is not null).Select(answer => column(answer)!.Length)
        .Where(length => length <= WidestColumn).DefaultIfEmpty(0).Max();

    // A text of which only a part fits begins before the place, from 1, that matters.
    private static (string Shown, int Caret) Around(string text, int position)
    {
        int start = position <= WidestText ? 0 : position - WidestText / 2;
        string shown = text[start..Math.Min(text.Length, start + WidestText)] + (text.Length - start > WidestText ? "..." : "");
        return start == 0 ? (shown, position - 1) : ("..." + shown, position - 1 - start + 3);
    }

    private static string Printable(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = char.GetUnicodeCategory(source[i]) is UnicodeCategory.Control or UnicodeCategory.Format ? '\uFFFD' : source[i];
    });
}
