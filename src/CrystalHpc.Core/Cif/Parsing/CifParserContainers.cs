using System.Buffers;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// Finds the end of a list or table of CIF 2.0 and checks what is inside. Nesting is a bit for each level, not recursion: no file
/// can exhaust the stack.
/// </summary>
internal ref partial struct CifParser
{
    private static readonly SearchValues<byte> WordEnds =
        SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(value => (byte)value), .. "[]{}"u8]);

    /// <summary>
    /// Position behind the bracket that closes the one at <paramref name="start"/>. Without one, a list ends where something stands that
    /// no list can hold: a tag or a reserved word.
    /// </summary>
    private readonly int SkipContainer(int start)
    {
        CifScanner scanner = _scanner;
        var nesting = new CifNesting(_findings);
        int end = start;
        int position = start;
        while ((position = scanner.SkipWhiteSpace(position)) < _bytes.Length)
        {
            byte first = _bytes[position];
            if (first == '#')
            {
                position = scanner.LineEnd(position);
                continue;
            }

            if (first is (byte)'[' or (byte)'{')
            {
                nesting.Open(position, isTable: first == '{');
                end = ++position;
                continue;
            }

            if (first is (byte)']' or (byte)'}')
            {
                end = position + 1;
                if (nesting.Close(position, isTable: first == '}'))
                    return end;
            }
            else if (first is (byte)'\'' or (byte)'"')
            {
                end = SkipQuotedVersion2(position, out _);
                if (nesting.AddQuoted(position, hasColon: end < _bytes.Length && _bytes[end] == ':'))
                {
                    position = ++end;
                    continue;
                }
            }
            else
            {
                int valueEnd = first == ';' && scanner.IsLineStart(position)
                    ? SkipTextField(position, out _, out _) : WordEndInside(position);
                if (valueEnd < 0)
                    break;
                nesting.AddUnquoted(position);
                end = valueEnd;
            }

            position = end;
            if (position < _bytes.Length && _bytes[position] is > 0x20 and not ((byte)']' or (byte)'}'))
                _findings.Add(CifFindings.MissingSpace, position, "no white space follows a value in a list or table");
        }

        _findings.Add(CifFindings.UnclosedBracket, start,
            "the list or table is open where a tag, a reserved word or the end of the file stands");
        return end;
    }

    /// <summary>End of a word in a list, at the latest at the next bracket; -1 when the word cannot stand in a list.</summary>
    private readonly int WordEndInside(int start)
    {
        int length = _bytes[start..].IndexOfAny(WordEnds);
        ReadOnlySpan<byte> word = length < 0 ? _bytes[start..] : _bytes.Slice(start, length);
        bool isForbidden = word[0] == '_' || (word.Length >= 5 && CifReservedWords.Classify(word) != CifReservedWord.None);
        return isForbidden ? -1 : start + word.Length;
    }
}
