using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>
/// Text in the cells of tables. A spreadsheet takes a cell that begins with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a line break for a
/// formula, also between quotes: such a text gets an apostrophe in front, and so does one that has apostrophes before such a sign, so that reading
/// gives every text as it was. Numbers are written as numbers.
/// </summary>
public sealed class CsvText : ICsvConverter<string>
{
    private const char Guard = '\'';

    /// <inheritdoc/>
    public string Read(CsvReader reader, int index)
    {
        ArgumentNullException.ThrowIfNull(reader);
        string cell = reader.GetString(index);
        return cell.StartsWith(Guard) && LooksLikeFormula(cell) ? cell[1..] : cell;
    }

    /// <inheritdoc/>
    public void Write(CsvWriter writer, string value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteField(Guarded(value));
    }

    /// <summary>The text as a cell holds it.</summary>
    public static string Guarded(string text) => LooksLikeFormula(text) ? Guard + text : text;

    // Full-width signs count where a spreadsheet is set to an East Asian language.
    private static bool LooksLikeFormula(string text)
    {
        if (text.Length == 0 || char.IsAsciiLetterOrDigit(text[0]))
            return false;
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart(Guard);
        return rest.Length > 0 && rest[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';
    }
}
