namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// Reads XYZ and extended XYZ, one frame at a time: a count, a line of facts or free words, a row for each atom. After a frame that is
/// refused, reading goes on at the next line that is a count.
/// </summary>
internal sealed class XyzReader(LineSource lines, FrameReaderOptions options, bool isExtended)
{
    private readonly XyzFacts _facts = new(options);

    /// <summary>The frames in order.</summary>
    public IEnumerable<FrameReading> Read()
    {
        while (ReadFrame() is { } reading)
            yield return reading;
    }

    private FrameReading? ReadFrame()
    {
        if (!lines.TryReadFilled(out ReadOnlySpan<char> first))
            return null;
        var draft = new FrameDraft(lines.Number, options.Units);
        bool isCount = NumberText.TryParseInteger(first.Trim(" \t"), out long count);
        if (!isCount || count is < 1 or > int.MaxValue)
        {
            draft.Refuse(StructureFileFindings.Count, lines.Number, $"'{FrameText.Beginning(first)}' is not a number of atoms above zero");
            if (isCount)
                lines.TryRead(out _);
            SkipToCount();
            return draft.Complete();
        }

        if (!lines.TryRead(out ReadOnlySpan<char> line))
        {
            draft.Refuse(StructureFileFindings.Truncated, lines.Number, $"the file ends after the number of atoms");
            return draft.Complete();
        }

        XyzHeader header = isExtended ? XyzHeader.Parse(line, _facts.Knows) : XyzHeader.Plain(line);
        XyzColumns? columns = _facts.Take(header, draft, lines.Number);
        if (columns is null || !TryReadRows((int)count, columns, draft) || !TryEnd(columns, draft))
            SkipToCount();
        return draft.Complete();
    }

    private bool TryReadRows(int count, XyzColumns columns, FrameDraft draft)
    {
        FrameColumn?[] others = [.. columns.All.Select(column => column.Role == XyzRole.Other ? FrameColumn.Create(
            column.Name, column.Type, column.Width) : null)];
        var species = new SpeciesText(draft, numbersAreElements: false);
        for (int atom = 0; atom < count; atom++)
        {
            if (!lines.TryRead(out ReadOnlySpan<char> line))
                return draft.Refuse(StructureFileFindings.Truncated, lines.Number, $"the file ends after {atom} of {count} atoms");
            if (line.IsWhiteSpace() || IsCount(line))
            {
                lines.Return();
                return draft.Refuse(StructureFileFindings.Truncated, lines.Number + 1, $"the frame ends after {atom} of {count} atoms");
            }

            if (!TryReadRow(line, columns, others, species, draft))
                return SkipRows(count - atom - 1);
        }

        foreach (FrameColumn? column in others)
        {
            if (column is not null)
                draft.Arrays.Add(column.Complete());
        }

        return species.TryComplete(lines.Number) && NumbersAgree(draft);
    }

    // Atomic numbers beside symbols must say the same.
    private bool NumbersAgree(FrameDraft draft)
    {
        foreach (FrameArray<long> numbers in draft.Arrays.OfType<FrameArray<long>>().Where(array => XyzColumns.IsAtomicNumber(array.Name)))
        {
            for (int atom = 0; atom < draft.Species.Count; atom++)
            {
                if (numbers.Values[atom] != draft.Species[atom].AtomicNumber)
                {
                    return draft.Refuse(
                        StructureFileFindings.Duplicate, lines.Number,
                        $"atom {atom + 1} is {draft.Species[atom].Symbol}, and {numbers.Name} is {numbers.Values[atom]}");
                }
            }
        }

        return true;
    }

    private bool TryReadRow(ReadOnlySpan<char> line, XyzColumns columns, FrameColumn?[] others, SpeciesText species, FrameDraft draft)
    {
        var fields = new FieldCursor(line);
        for (int i = 0; i < others.Length; i++)
        {
            XyzColumn column = columns.All[i];
            for (int k = 0; k < column.Width; k++)
            {
                if (!fields.TryNext(out ReadOnlySpan<char> field))
                    return RefuseColumns(line, columns, draft);
                if (!TryTake(field, column, others[i], species, draft))
                    return false;
            }
        }

        return !fields.TryNext(out _) || RefuseColumns(line, columns, draft);
    }

    private bool TryTake(ReadOnlySpan<char> field, XyzColumn column, FrameColumn? other, SpeciesText species, FrameDraft draft)
    {
        switch (column.Role)
        {
            case XyzRole.Species:
                return species.TryAdd(field, lines.Number);
            case XyzRole.AtomicNumber:
                return TryTakeAtomicNumber(field, draft);
            case XyzRole.Other:
                return other!.TryAdd(field)
                    || draft.Refuse(StructureFileFindings.Number, lines.Number,
                        $"{column.Name}: '{FrameText.Beginning(field)}' is not of type {column.Type}");
            default:
                if (!NumberText.TryParseFinite(field, out double value))
                    return draft.Refuse(StructureFileFindings.Number, lines.Number,
                        $"{column.Name}: '{FrameText.Beginning(field)}' is not a finite number");
                (column.Role == XyzRole.Position ? draft.Positions : draft.Forces).Add(value);
                return true;
        }
    }

    private bool TryTakeAtomicNumber(ReadOnlySpan<char> field, FrameDraft draft)
    {
        if (!NumberText.TryParseInteger(field, out long number) || number is < 1 or > 118)
            return draft.Refuse(StructureFileFindings.Element, lines.Number, $"'{FrameText.Beginning(field)}' is not an atomic number");
        draft.Species.Add(new Elements.Element((byte)number));
        return true;
    }

    private bool RefuseColumns(ReadOnlySpan<char> line, XyzColumns columns, FrameDraft draft) => draft.Refuse(
        StructureFileFindings.Columns, lines.Number,
        $"the row has {FieldCursor.Count(line)} values, the frame's rows have {columns.Count}");

    // One more row than the count says would make the frame a piece of a larger one.
    private bool TryEnd(XyzColumns columns, FrameDraft draft)
    {
        if (!lines.TryReadFilled(out ReadOnlySpan<char> line))
            return true;
        bool isRow = FieldCursor.Count(line) == columns.Count && columns.Count > 1;
        lines.Return();
        return !isRow || draft.Refuse(StructureFileFindings.Count, lines.Number + 1,
            $"another row follows the {draft.Species.Count} atoms of the frame");
    }

    // Always false: what is left of a refused frame holds no counts.
    private bool SkipRows(int rows)
    {
        for (int row = 0; row < rows && lines.TryRead(out ReadOnlySpan<char> line); row++)
        {
            if (!IsCount(line))
                continue;
            lines.Return();
            break;
        }

        return false;
    }

    private void SkipToCount()
    {
        while (lines.TryRead(out ReadOnlySpan<char> line))
        {
            if (!IsCount(line))
                continue;
            lines.Return();
            break;
        }
    }

    private static bool IsCount(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> text = line.Trim(" \t");
        return text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
    }
}
