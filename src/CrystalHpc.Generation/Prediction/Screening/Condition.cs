using System.Globalization;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>What must hold of a column of the table of candidates: <c>gii_vu&lt;0.5</c>, <c>neutral=yes</c>, <c>known_as=</c>
/// (empty).</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Operator">One of &lt;=, &gt;=, !=, &lt;, &gt;, =.</param>
/// <param name="Operand">What is compared with.</param>
public sealed record Condition(string Column, string Operator, string Operand)
{
    private static readonly string[] Operators = ["<=", ">=", "!=", "<", ">", "="];

    /// <summary>The condition as it was written.</summary>
    public string Text => $"{Column}{Operator}{Operand}";

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The condition.</param>
    /// <param name="columns">Columns that there are.</param>
    /// <exception cref="UserException">It is none, or there is no such column.</exception>
    public static Condition Parse(string text, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(text);
        (int at, string? found) = Operators.Select(candidate => (At: text.IndexOf(candidate, StringComparison.Ordinal), candidate))
            .Where(entry => entry.At > 0).OrderBy(entry => entry.At).ThenByDescending(entry => entry.candidate.Length).FirstOrDefault();
        if (found is null)
            throw UserException.Unusable(
                $"--where {text}: a condition is a column, one of {string.Join(' ', Operators)}, and a value, such as 'gii_vu<0.5'");
        var condition = new Condition(text[..at].Trim(), found, text[(at + found.Length)..].Trim());
        if (!columns.Contains(condition.Column))
            throw UserException.Unusable(
                $"--where {text}: there is no column '{condition.Column}'{Spelling.Suggest(condition.Column, columns)}");
        return condition.Operator is "=" or "!=" || Number(condition.Operand) is not null ? condition
            : throw UserException.Unusable($"--where {text}: '{condition.Operand}' is no number");
    }

    /// <summary>True when it holds of a value; nothing but "empty" holds of a value that is not there.</summary>
    public bool HoldsOf(object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        bool isSame = text.Equals(Operand, StringComparison.OrdinalIgnoreCase)
            || (Number(text) is { } one && Number(Operand) is { } two && one == two);
        if (Operator is "=" or "!=")
            return isSame == (Operator == "=");
        return Number(text) is { } left && Number(Operand) is { } right && Operator switch
        {
            "<=" => left <= right, ">=" => left >= right, "<" => left < right, _ => left > right,
        };
    }

    /// <summary>Why a value fails, for the funnel.</summary>
    public string Failure(object? value) => value is null or "" or double.NaN ? $"{Column} is empty" : $"not {Text}";

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture,
        out double value) ? value : null;
}
