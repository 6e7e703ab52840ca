namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// Reads <c>input.data</c> of n2p2 and RuNNer: blocks from <c>begin</c> to <c>end</c> with <c>lattice</c>, <c>atom</c>, <c>energy</c> and
/// <c>charge</c> lines. The file says nothing of its units.
/// </summary>
internal sealed class N2p2Reader(LineSource lines, FrameUnits? units)
{
    // The columns of an atom line as RuNNer 2 spells them out behind begin: the same as without.
    private const string UsualColumns = "positions(3) element charge energy forces(3)";
    private const int AtomColumns = 9;

    /// <summary>The frames in order.</summary>
    public IEnumerable<FrameReading> Read()
    {
        while (ReadFrame() is { } reading)
        {
            yield return reading;
            if (units is null)
                yield break;
        }
    }

    private FrameReading? ReadFrame()
    {
        if (!lines.TryReadFilled(out ReadOnlySpan<char> line))
            return null;
        var block = new N2p2Block(new FrameDraft(lines.Number, units));
        FrameDraft draft = block.Draft;
        if (units is null)
            draft.Refuse(StructureFileFindings.Unit, lines.Number, $"the format has no units of its own, and none are stated");
        else if (!IsKeyword(line, "begin", out ReadOnlySpan<char> columns))
            RefuseOutside(line, draft);
        else if (columns.Length > 0 && !columns.SequenceEqual(UsualColumns))
            draft.Refuse(StructureFileFindings.Unsupported, lines.Number,
                $"atom lines with the columns {FrameText.Beginning(columns)} are not read");
        else if (TryReadBlock(block))
            block.Complete(lines.Number);
        if (draft.IsRefused && units is not null)
            SkipBlock();
        return draft.Complete();
    }

    // The block is read up to and with its end.
    private bool TryReadBlock(N2p2Block block)
    {
        while (lines.TryReadFilled(out ReadOnlySpan<char> line))
        {
            var fields = new FieldCursor(line);
            fields.TryNext(out ReadOnlySpan<char> keyword);
            bool isRead = keyword switch
            {
                "comment" => block.AddComment(line.Trim(" \t")[keyword.Length..].Trim(" \t")),
                "lattice" => block.TryAddLattice(fields, lines.Number),
                "atom" => FieldCursor.Count(line) == AtomColumns + 1
                    ? block.TryAddAtom(fields, lines.Number)
                    : block.Draft.Refuse(StructureFileFindings.Columns, lines.Number,
                        $"the atom line has {fields.CountRest()} values, not {AtomColumns}"),
                "energy" => block.TryAddEnergy(fields, lines.Number),
                "charge" => block.TryAddCharge(fields, lines.Number),
                "end" => true,
                "begin" => block.Draft.Refuse(StructureFileFindings.Truncated, lines.Number,
                $"begin before the end of the frame before it"),
                _ => block.Draft.Refuse(StructureFileFindings.Header, lines.Number,
                $"'{FrameText.Beginning(keyword)}' is no keyword of the format"),
            };
            if (!isRead || keyword is "end")
                return isRead;
        }

        return block.Draft.Refuse(StructureFileFindings.Truncated, lines.Number, $"the file ends before the end of the frame");
    }

    private void RefuseOutside(ReadOnlySpan<char> line, FrameDraft draft) =>
        draft.Refuse(StructureFileFindings.Header, lines.Number, $"'{FrameText.Beginning(line)}' stands outside begin and end");

    // Behind a block that is refused its remaining lines mean nothing; the end of it may have been the reason.
    private void SkipBlock()
    {
        while (lines.TryReadFilled(out ReadOnlySpan<char> line) && !IsKeyword(line, "end", out _))
        {
        }
    }

    private static bool IsKeyword(ReadOnlySpan<char> line, string keyword, out ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> text = line.Trim(" \t");
        bool isKeyword = text.StartsWith(keyword) && (text.Length == keyword.Length || text[keyword.Length] is ' ' or '\t');
        rest = isKeyword ? text[keyword.Length..].Trim(" \t") : default;
        return isKeyword;
    }
}
