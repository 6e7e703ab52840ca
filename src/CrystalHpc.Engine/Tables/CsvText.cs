using System.Globalization;
using System.Text;
using CrystalHpc.Core.Findings;
using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>
/// Text in the cells of tables, such that a row is a line, a terminal shows it as it is, and no spreadsheet takes it for a formula: some
/// characters are written by their numbers, <c>\uXXXX</c>. They are the invisible ones (<see cref="PlainText"/>), a first <c>=</c>,
/// <c>+</c>, <c>-</c> or
/// <c>@</c>, and the backslash of a text that looks like such a number. Reading gives every text as it was; numbers are written as numbers.
/// </summary>
public sealed class CsvText : ICsvConverter<string>
{
    private const string Escape = "\\u";
    private const int EscapeLength = 6;

    /// <inheritdoc/>
    public string Read(CsvReader reader, int index)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return OfCell(reader.GetString(index));
    }

    /// <inheritdoc/>
    public void Write(CsvWriter writer, string value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteField(ToCell(value));
    }

    /// <summary>The text as a cell holds it.</summary>
    public static string ToCell(string text)
    {
        string cell = PlainText.Of(text.Contains(Escape, StringComparison.Ordinal) ? EscapeBackslashes(text) : text);
        return LooksLikeFormula(cell) ? string.Create(CultureInfo.InvariantCulture, $"{Escape}{(int)cell[0]:X4}{cell.AsSpan(1)}") : cell;
    }

    /// <summary>The text that a cell holds.</summary>
    public static string OfCell(string cell) => cell.Contains(Escape, StringComparison.Ordinal) ? Unescape(cell) : cell;

    // Full-width signs count where a spreadsheet is set to an East Asian language.
    private static bool LooksLikeFormula(string text)
        => text is ['=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..];

    private static string EscapeBackslashes(string text)
    {
        var cell = new StringBuilder(text);
        for (int i = text.Length - EscapeLength; i >= 0; i--)
        {
            if (TryRead(text, i, out _))
                cell.Replace("\\", "\\u005C", i, 1);
        }

        return cell.ToString();
    }

    private static string Unescape(string cell)
    {
        var text = new StringBuilder(cell.Length);
        for (int i = 0; i < cell.Length; i++)
        {
            bool isEscape = TryRead(cell, i, out char character);
            text.Append(isEscape ? character : cell[i]);
            i += isEscape ? EscapeLength - 1 : 0;
        }

        return text.ToString();
    }

    private static bool TryRead(string text, int at, out char character)
    {
        bool isEscape = at + EscapeLength <= text.Length && text[at] == '\\' && text[at + 1] == 'u';
        ushort unit = 0;
        isEscape = isEscape && ushort.TryParse(text.AsSpan(at + 2, EscapeLength - 2), NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture, out unit);
        character = (char)unit;
        return isEscape;
    }
}
