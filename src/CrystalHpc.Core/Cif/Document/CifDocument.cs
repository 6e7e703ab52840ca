using System.Text;
using System.Text.Unicode;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Cif;

/// <summary>A CIF file as syntax: data blocks whose values are slices of the caller's bytes.</summary>
public sealed class CifDocument
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly bool _isAscii;
    private CifToken[] _values;
    private int _valueCount;
    private readonly CifNameTable _tags;
    private readonly CifTagPlace[] _places;
    private readonly CifLoop[] _loops;
    private readonly CifScope[] _scopes;
    private readonly CifBlock[] _blocksAndFrames;
    private CifLineIndex? _lines;

    private CifDocument(ReadOnlyMemory<byte> bytes, bool isVersion2, bool isAscii, CifContentBuilder content)
    {
        IsVersion2 = isVersion2;
        _bytes = bytes;
        _isAscii = isAscii;
        _values = content.Values.MoveToArray();
        _valueCount = _values.Length;
        _places = content.Places.MoveToArray();
        _loops = content.Loops.MoveToArray();
        _scopes = content.Scopes.MoveToArray();
        _tags = content.Tags;
        _tags.Complete();
        content.ScopeNames.Complete();
        _blocksAndFrames = new CifBlock[_scopes.Length];
        for (int scope = 0; scope < _scopes.Length; scope++)
            _blocksAndFrames[scope] = new CifBlock(this, scope);
        Blocks = Array.TrueForAll(_scopes, scope => scope.Parent < 0)
            ? _blocksAndFrames
            : [.. _blocksAndFrames.Where((_, scope) => _scopes[scope].Parent < 0)];
    }

    /// <summary>Reads a whole file. Never throws for any input; whatever is odd becomes a finding.</summary>
    /// <param name="bytes">The file. The document refers to it: it must stay alive and unchanged as long as the document is used.</param>
    /// <param name="findings">Receives the findings, in file order.</param>
    public static CifDocument Parse(ReadOnlyMemory<byte> bytes, ICollection<Finding> findings) =>
        Parse(bytes, CifToken.MaxLength, findings);

    internal static CifDocument Parse(ReadOnlyMemory<byte> bytes, int maximumLength, ICollection<Finding> findings)
    {
        CifFindingCollector collector = new();
        if (bytes.Length <= maximumLength)
            bytes = CifInspection.ToUtf8(bytes, collector);
        CifDocument document = bytes.Length <= maximumLength ? Parse(bytes, collector) : Refuse(bytes, collector);
        collector.Report(document, findings);
        return document;
    }

    /// <summary>The data blocks in file order.</summary>
    public IReadOnlyList<CifBlock> Blocks { get; }

    /// <summary>True when the file says that it is CIF 2.0; it was then read by those rules, otherwise by those of CIF 1.1.</summary>
    public bool IsVersion2 { get; }

    private static CifDocument Parse(ReadOnlyMemory<byte> bytes, CifFindingCollector collector)
    {
        bool isVersion2 = CifInspection.FindVersion2(bytes.Span, collector);
        bool isAscii = !CifInspection.FindOddCharacters(bytes.Span, isVersion2, collector);
        CifInspection.FindLongLines(bytes.Span, collector);
        CifContentBuilder content = new(bytes.Length);
        var parser = new CifParser(bytes.Span, content, collector);
        if (isVersion2)
            parser.RunVersion2();
        else
            parser.Run();
        return new CifDocument(bytes, isVersion2, isAscii, content);
    }

    private static CifDocument Refuse(ReadOnlyMemory<byte> bytes, CifFindingCollector collector)
    {
        collector.Add(CifFindings.TooLarge, -1, $"file of {bytes.Length} bytes");
        return new CifDocument(default, isVersion2: false, isAscii: true, new CifContentBuilder(0));
    }

    internal ReadOnlySpan<byte> Slice(int start, int length) => _bytes.Span.Slice(start, length);

    internal CifToken GetValue(int index) => Volatile.Read(ref _values)[index];

    internal CifScope GetScope(int index) => _scopes[index];

    internal CifTagPlace GetPlace(int tag) => _places[tag];

    /// <summary>A loop with a token for each value.</summary>
    internal CifLoop GetLoop(int index)
    {
        lock (_loops)
        {
            if (_loops[index].Tokens < _loops[index].Width * _loops[index].Rows)
                TellWordsApart(ref _loops[index]);
            return _loops[index];
        }
    }

    internal ReadOnlySpan<CifName> Tags => _tags.Names;

    internal int FindTag(ReadOnlySpan<byte> tag, int scope) => _tags.Find(_bytes.Span, tag, scope);

    internal (int Line, int Column) Locate(int offset) => (_lines ??= new CifLineIndex(_bytes)).Locate(offset);

    /// <summary>Offsets at which a block, with its frames, begins and ends.</summary>
    internal (int Start, int End) ExtentOf(int block)
    {
        int next = block + 1 + GetFrames(block).Count;
        return (_scopes[block].Offset, next < _scopes.Length ? _scopes[next].Offset : _bytes.Length);
    }

    /// <summary>The lines of a part of the file that begin with the sign of a comment.</summary>
    internal string CommentLines(int start, int end)
    {
        var lines = new StringBuilder();
        foreach (Range range in Slice(start, end - start).Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = Slice(start, end - start)[range];
            if (line is [(byte)'#', ..])
                lines.Append(Decode(line)).Append('\n');
        }

        return lines.ToString();
    }

    /// <summary>The save frames of a data block: they follow it directly in the array.</summary>
    internal ArraySegment<CifBlock> GetFrames(int block)
    {
        int end = block + 1;
        while (end < _scopes.Length && _scopes[end].Parent == block)
            end++;
        return new ArraySegment<CifBlock>(_blocksAndFrames, block + 1, end - block - 1);
    }

    // The tokens of the whole loop go behind those of all others; indices handed out before stay valid.
    private void TellWordsApart(ref CifLoop loop)
    {
        int first = _valueCount;
        CifToken[] values = _values;
        int needed = first + (loop.Width * loop.Rows);
        if (needed > values.Length)
            Array.Resize(ref values, Math.Max(needed, 2 * values.Length));
        CifScanner scanner = new(_bytes.Span);
        for (int i = loop.FirstValue; i < loop.FirstValue + loop.Tokens; i++)
        {
            CifToken token = values[i];
            if (token.Kind != CifTokenKind.PlainWords)
            {
                values[_valueCount++] = token;
                continue;
            }

            int end = token.Start + token.Length;
            for (int word = token.Start; word < end;)
            {
                int wordEnd = scanner.WordEnd(word);
                values[_valueCount++] = CifToken.PlainWord(_bytes.Span, word, wordEnd);
                word = scanner.SkipWhiteSpace(wordEnd);
            }
        }

        Volatile.Write(ref _values, values);
        loop = loop with { FirstValue = first, Tokens = _valueCount - first };
    }

    internal string Decode(ReadOnlySpan<byte> bytes)
    {
        if (_isAscii || !Utf8.IsValid(bytes))
            return Encoding.Latin1.GetString(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
