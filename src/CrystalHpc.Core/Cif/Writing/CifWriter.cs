using System.Buffers;
using System.Text;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// Writes CIF 1.1 in the order of the calls: blocks, items, loops with aligned columns, comments. Characters
/// beyond printable ASCII are written by their numbers, as in COD: <c>&amp;#xC5;</c>. Wrong tags and rows are errors of the program and
/// throw; any text is allowed as a value.
/// </summary>
public sealed class CifWriter
{
    private const int ValueColumn = 34;
    private const int WantedLineLength = 80;
    private const int MaxLineLength = 2048;

    private readonly IBufferWriter<byte> _output;

    /// <summary>Starts a file with its version line.</summary>
    /// <param name="output">Receives ASCII; an <see cref="ArrayBufferWriter{T}"/> or a pipe.</param>
    public CifWriter(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        Write("#\\#CIF_1.1\n");
    }

    /// <summary>Starts a data block.</summary>
    /// <param name="name">Its name; white space and control characters in it become underscores, no name becomes one underscore.</param>
    public void Block(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string safe = string.Concat(name.Select(value => value <= ' ' ? '_' : value));
        Write($"\ndata_{(safe.Length == 0 ? "_" : safe)}\n");
    }

    /// <summary>Writes a comment, one line of the file for each of its lines.</summary>
    public void Comment(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (string line in CifQuoting.UnifyLineEnds(text).Split('\n'))
            Write(line.Length == 0 ? "#\n" : $"# {line}\n");
    }

    /// <summary>Writes a tag and its value.</summary>
    /// <param name="tag">Data name with its leading underscore.</param>
    /// <param name="value">Text or number.</param>
    public void Item(string tag, CifField value)
    {
        CheckTag(tag);
        string field = Format(value);
        if (field[0] == ';')
            Write($"{tag}\n{field}\n");
        else if (Math.Max(tag.Length + 1, ValueColumn) + field.Length > WantedLineLength)
            Write($"{tag}\n {field}\n");
        else
            Write($"{tag.PadRight(ValueColumn - 1)} {field}\n");
    }

    /// <summary>Writes a loop; a loop without rows, which CIF does not allow, is left out.</summary>
    /// <param name="tags">Data names with leading underscores, at least one.</param>
    /// <param name="rows">Rows with one value for each tag.</param>
    public void Loop(IReadOnlyList<string> tags, IEnumerable<IReadOnlyList<CifField>> rows)
    {
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(tags.Count);
        foreach (string tag in tags)
            CheckTag(tag);
        List<string[]> fields = [.. rows.Select(row => FormatRow(row, tags.Count))];
        if (fields.Count == 0)
            return;

        Write("loop_\n");
        foreach (string tag in tags)
            Write($"{tag}\n");
        int[] widths = [.. Enumerable.Range(0, tags.Count).Select(column => ColumnWidth(fields, column))];
        StringBuilder lines = new();
        foreach (string[] row in fields)
        {
            lines.Clear();
            AppendRow(lines, row, widths);
            Write(lines.ToString());
        }
    }

    private static void AppendRow(StringBuilder lines, string[] row, int[] widths)
    {
        int lineStart = 0;
        for (int column = 0; column < row.Length; column++)
        {
            string field = row[column];
            if (field[0] == ';')
            {
                EndLine(lines, ref lineStart);
                lines.Append(field);
                EndLine(lines, ref lineStart);
                continue;
            }

            if (lines.Length - lineStart + field.Length + 1 > MaxLineLength)
                EndLine(lines, ref lineStart);
            lines.Append(field);
            if (column + 1 < row.Length)
                lines.Append(' ', Math.Max(0, widths[column] - field.Length) + 1);
        }

        EndLine(lines, ref lineStart);
    }

    private static void EndLine(StringBuilder lines, ref int lineStart)
    {
        while (lines.Length > lineStart && lines[^1] == ' ')
            lines.Length--;
        if (lines.Length > lineStart)
            lines.Append('\n');
        lineStart = lines.Length;
    }

    private static string[] FormatRow(IReadOnlyList<CifField> row, int count)
    {
        if (row.Count != count)
            throw new ArgumentException($"a row has {row.Count} values for {count} tags", nameof(row));
        return [.. row.Select(Format)];
    }

    private static int ColumnWidth(List<string[]> rows, int column)
    {
        // One long text must not spread the whole column.
        const int Widest = 32;
        int width = 0;
        foreach (string[] row in rows)
        {
            if (row[column][0] != ';' && row[column].Length <= Widest)
                width = Math.Max(width, row[column].Length);
        }

        return width;
    }

    private static string Format(CifField value) => value.IsBare ? value.Content : CifQuoting.Quote(value.Content);

    private static void CheckTag(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        if (tag.Length < 2 || tag[0] != '_' || tag.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0)
            throw new ArgumentException($"'{tag}' is not a CIF tag", nameof(tag));
    }

    private void Write(string text) => Encoding.ASCII.GetBytes(CifAscii.Of(text), _output);
}
