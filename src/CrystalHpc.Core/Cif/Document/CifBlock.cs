using System.Text;

namespace CrystalHpc.Core.Cif;

/// <summary>One data block or save frame: tags with a value, and loops.</summary>
public sealed class CifBlock
{
    private const int MaxStackTag = 256;

    private readonly CifDocument _document;
    private readonly int _scope;

    internal CifBlock(CifDocument document, int scope)
    {
        _document = document;
        _scope = scope;
    }

    /// <summary>Name after <c>data_</c>, as written; empty when the file has tags before any header.</summary>
    public string Name
    {
        get
        {
            CifScope scope = _document.GetScope(_scope);
            return _document.Decode(_document.Slice(scope.NameStart, scope.NameLength));
        }
    }

    /// <summary>Line of the <c>data_</c> header, from 1.</summary>
    public int Line => _document.Locate(_document.GetScope(_scope).Offset).Line;

    /// <summary>The save frames of a data block; dictionaries have them, structures do not.</summary>
    public IReadOnlyList<CifBlock> Frames => _document.GetFrames(_scope);

    /// <summary>The single value of a tag, or the only row of a loop that has exactly one row.</summary>
    /// <param name="tag">Data name with its leading underscore; letter case is ignored.</param>
    /// <param name="value">The value when found.</param>
    public bool TryGetValue(string tag, out CifValue value)
    {
        bool isSingle = TryGetColumn(tag, out CifColumn column) && column.Count == 1;
        value = isSingle ? column[0] : default;
        return isSingle;
    }

    /// <inheritdoc cref="TryGetValue(string, out CifValue)"/>
    public bool TryGetValue(ReadOnlySpan<byte> tag, out CifValue value)
    {
        bool isSingle = TryGetColumn(tag, out CifColumn column) && column.Count == 1;
        value = isSingle ? column[0] : default;
        return isSingle;
    }

    /// <summary>
    /// All values of a tag: the column of its loop, or a column of one row for a single value. False when the tag is absent.
    /// </summary>
    /// <param name="tag">Data name with its leading underscore; letter case is ignored.</param>
    /// <param name="column">The column when found.</param>
    public bool TryGetColumn(string tag, out CifColumn column)
    {
        ArgumentNullException.ThrowIfNull(tag);
        Span<byte> utf8 = stackalloc byte[MaxStackTag];
        return Encoding.UTF8.TryGetBytes(tag, utf8, out int length)
            ? TryGetColumn(utf8[..length], out column)
            : TryGetColumn(Encoding.UTF8.GetBytes(tag), out column);
    }

    /// <inheritdoc cref="TryGetColumn(string, out CifColumn)"/>
    public bool TryGetColumn(ReadOnlySpan<byte> tag, out CifColumn column)
    {
        int index = _document.FindTag(tag, _scope);
        column = index >= 0 ? ColumnOf(index) : default;
        return index >= 0;
    }

    /// <summary>Every tag of the block in file order, as written. A tag that occurs again is listed once.</summary>
    public IEnumerable<string> Tags
    {
        get
        {
            CifScope scope = _document.GetScope(_scope);
            for (int tag = scope.FirstTag; tag < scope.EndTag; tag++)
            {
                CifName name = _document.Tags[tag];
                if (name.Scope == _scope && !name.IsDuplicate)
                    yield return _document.Decode(_document.Slice(name.Start, name.Length));
            }
        }
    }

    /// <summary>The comments that stand on lines of their own before the first block of the file and in this block.</summary>
    internal string Comments
    {
        get
        {
            (int start, int end) = _document.ExtentOf(_scope);
            return _document.CommentLines(0, _document.ExtentOf(0).Start) + _document.CommentLines(start, end);
        }
    }

    /// <summary>Tags of the block, those of its frames and repeated ones included.</summary>
    internal int TagCount => _document.GetScope(_scope).EndTag - _document.GetScope(_scope).FirstTag;

    /// <summary>A tag by its place among them, as written; empty for one of a frame.</summary>
    internal ReadOnlySpan<byte> GetTag(int index)
    {
        CifName name = _document.Tags[_document.GetScope(_scope).FirstTag + index];
        return name.Scope == _scope ? _document.Slice(name.Start, name.Length) : default;
    }

    /// <summary>The values of a tag by its place.</summary>
    internal CifColumn GetColumn(int index) => ColumnOf(_document.GetScope(_scope).FirstTag + index);

    private CifColumn ColumnOf(int tag)
    {
        CifTagPlace place = _document.GetPlace(tag);
        if (place.Loop < 0)
            return new CifColumn(_document, place.Value, stride: 1, count: 1, loopIndex: -1);
        CifLoop loop = _document.GetLoop(place.Loop);
        int firstValue = loop.FirstValue + (tag - loop.FirstTag);
        return new CifColumn(_document, firstValue, loop.Width, loop.Rows, place.Loop - _document.GetScope(_scope).FirstLoop);
    }
}
