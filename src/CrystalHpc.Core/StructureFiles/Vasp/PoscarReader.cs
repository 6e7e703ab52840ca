using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Reads a POSCAR or CONTCAR file of VASP: one crystal in Å, with or without element symbols (VASP 5 and 4).</summary>
internal sealed class PoscarReader(LineSource lines, FrameReaderOptions options)
{
    private readonly FrameDraft _draft = new(1);
    private string _comment = "";
    private Cartesian _scale;
    private Basis _cell;
    private double[] _counts = [];
    private Element[] _symbols = [];
    private bool _isSelective;
    private bool _isCartesian;

    /// <summary>The frame of the file; nothing for a file of blanks.</summary>
    public IEnumerable<FrameReading> Read()
    {
        if (!TryReadComment())
            yield break;
        if (TryReadCell() && TryReadSpecies() && TryReadMode() && TryReadRows())
            TellRest();
        yield return _draft.Complete();
    }

    // The comment may be blank; a file that is blank throughout holds no frame.
    private bool TryReadComment()
    {
        if (!lines.TryRead(out ReadOnlySpan<char> line))
            return false;
        _comment = line.Trim(" \t").ToString();
        _draft.AddProperty("comment", _comment);
        if (_comment.Length > 0)
            return true;
        bool hasMore = lines.TryReadFilled(out _);
        if (hasMore)
            lines.Return();
        return hasMore;
    }

    private bool TryReadCell()
    {
        if (!TryReadLine("the scale", out ReadOnlySpan<char> line))
            return false;
        double[] scale = Numbers(line, out string rest);
        if (scale.Length is not (1 or 3) || rest.Length > 0 || scale.Any(value => value == 0 || !double.IsFinite(value))
            || (scale.Length == 3 && scale.Min() < 0))
            return _draft.Refuse(StructureFileFindings.Cell, lines.Number,
                $"the scale is not one number other than zero, or three above it: {FrameText.Beginning(line)}");
        Span<double> v = stackalloc double[9];
        for (int i = 0; i < 3; i++)
        {
            if (!TryReadLine("the cell", out line))
                return false;
            double[] vector = Numbers(line, out _);
            if (vector.Length != 3 || !vector.All(double.IsFinite))
                return _draft.Refuse(StructureFileFindings.Cell, lines.Number, $"'{FrameText.Beginning(line)}' is not a cell vector");
            vector.CopyTo(v[(3 * i)..]);
        }

        var raw = new Basis(new(v[0], v[1], v[2]), new(v[3], v[4], v[5]), new(v[6], v[7], v[8]));
        if (!raw.SpansVolume())
            return _draft.Refuse(StructureFileFindings.Cell, lines.Number, $"the cell vectors span no volume");
        // A negative scale is the volume.
        double first = scale[0] > 0 ? scale[0] : Math.Cbrt(-scale[0] / Math.Abs(raw.Volume));
        _scale = scale.Length == 3 ? new Cartesian(scale[0], scale[1], scale[2]) : new Cartesian(first, first, first);
        _cell = new Basis(Scaled(raw.A), Scaled(raw.B), Scaled(raw.C));
        (_draft.Cell, _draft.Periodicity) = (_cell, Periodicity.Crystal);
        return true;
    }

    private bool TryReadSpecies()
    {
        if (!TryReadLine("the numbers of atoms", out ReadOnlySpan<char> line))
            return false;
        Element[]? symbols = null;
        if (Numbers(line, out _).Length == 0)
        {
            symbols = Symbols(line.ToString(), refuse: true);
            if (symbols is null || !TryReadLine("the numbers of atoms", out line))
                return false;
        }

        double[] counts = Numbers(line, out _);
        if (counts.Length == 0 || counts.Any(count => count < 1 || count != Math.Floor(count)) || counts.Sum() > int.MaxValue)
            return _draft.Refuse(StructureFileFindings.Count, lines.Number,
                $"'{FrameText.Beginning(line)}' are not numbers of atoms above zero");
        symbols ??= SymbolsOfVersion4();
        if (symbols is null)
            return false;
        if (symbols.Length != counts.Length)
            return _draft.Refuse(StructureFileFindings.Count, lines.Number,
                $"{symbols.Length} elements have {counts.Length} numbers of atoms");
        (_counts, _symbols) = (counts, symbols);
        return true;
    }

    private Element[]? SymbolsOfVersion4()
    {
        if (options.PoscarSpecies is { } stated)
            return [.. stated];
        if (Symbols(_comment, refuse: false) is { Length: > 0 } symbols)
        {
            _draft.Note(StructureFileFindings.ElementGuessed, 1, $"the elements are those of the comment: {_comment}");
            return symbols;
        }

        _draft.Refuse(StructureFileFindings.Element, lines.Number, $"the file names no elements (VASP 4), and none are stated");
        return null;
    }

    // The names of potentials begin with the element: Na_pv, O_s, Ti_sv/1f3b.
    private Element[]? Symbols(string text, bool refuse)
    {
        var elements = new List<Element>();
        foreach (string word in text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            int end = word.AsSpan().IndexOfAny('_', '/', '.');
            if (!Element.TryParse(end < 0 ? word : word[..end], out Element element))
            {
                if (refuse)
                    _draft.Refuse(StructureFileFindings.Element, lines.Number, $"'{FrameText.Beginning(word)}' is not an element");
                return null;
            }

            elements.Add(element);
        }

        return [.. elements];
    }

    private bool TryReadMode()
    {
        if (!TryReadLine("the kind of coordinates", out ReadOnlySpan<char> line))
            return false;
        _isSelective = line.TrimStart(" \t") is ['S' or 's', ..];
        if (_isSelective && !TryReadLine("the kind of coordinates", out line))
            return false;
        ReadOnlySpan<char> mode = line.TrimStart(" \t");
        _isCartesian = mode is ['C' or 'c' or 'K' or 'k', ..];
        return _isCartesian || mode is ['D' or 'd', ..]
            || _draft.Refuse(StructureFileFindings.Header, lines.Number, $"'{FrameText.Beginning(line)}' is neither Direct nor Cartesian");
    }

    private bool TryReadRows()
    {
        var flags = new List<bool>();
        long count = (long)_counts.Sum();
        for (int kind = 0; kind < _symbols.Length; kind++)
        {
            for (int i = 0; i < (int)_counts[kind]; i++)
            {
                if (!lines.TryRead(out ReadOnlySpan<char> line) || line.IsWhiteSpace())
                    return _draft.Refuse(StructureFileFindings.Truncated, lines.Number,
                        $"the list has {_draft.Species.Count} of {count} atoms");
                if (!TryReadRow(line, _symbols[kind], flags))
                    return false;
            }
        }

        if (_isSelective)
            _draft.Arrays.Add(new FrameArray<bool>("move_mask", 3, [.. flags]));
        return true;
    }

    private bool TryReadRow(ReadOnlySpan<char> line, Element element, List<bool> flags)
    {
        var fields = new FieldCursor(line);
        Span<double> x = stackalloc double[3];
        for (int k = 0; k < 3; k++)
        {
            if (!fields.TryNext(out ReadOnlySpan<char> field) || !NumberText.TryParseFinite(field, out x[k]))
                return _draft.Refuse(StructureFileFindings.Number, lines.Number,
                    $"'{FrameText.Beginning(line)}' does not begin with three finite numbers");
        }

        for (int k = 0; _isSelective && k < 3; k++)
        {
            if (!fields.TryNext(out ReadOnlySpan<char> field) || !NumberText.TryParseLogical(field.Trim('.'), out bool mayMove))
                return _draft.Refuse(StructureFileFindings.Columns, lines.Number, $"the row has no three of T and F behind its position");
            flags.Add(mayMove);
        }

        if (fields.TryNext(out ReadOnlySpan<char> label))
        {
            if (NumberText.TryParseReal(label, out _))
                return _draft.Refuse(StructureFileFindings.Columns, lines.Number, $"the row has more numbers than a position");
            if (Element.TryParse(label, out Element named) && named != element)
                return _draft.Refuse(StructureFileFindings.Duplicate, lines.Number,
                    $"the row names {named.Symbol} where the counts give {element.Symbol}");
        }

        Cartesian position = _isCartesian ? Scaled(new Cartesian(x[0], x[1], x[2])) : _cell.ToCartesian(new Fractional(x[0], x[1], x[2]));
        _draft.Species.Add(element);
        _draft.AddPosition(position.X, position.Y, position.Z);
        return true;
    }

    private void TellRest()
    {
        bool follows = lines.TryRead(out ReadOnlySpan<char> line);
        if (follows && Numbers(line, out _).Length >= 3)
            _draft.Refuse(StructureFileFindings.Count, lines.Number, $"another row follows the {_draft.Species.Count} atoms of the frame");
        else if ((follows && !line.IsWhiteSpace()) || lines.TryReadFilled(out _))
            _draft.Note(StructureFileFindings.ValueIgnored, lines.Number, $"what follows the positions, such as velocities, is not read");
    }

    private Cartesian Scaled(Cartesian v) => new(_scale.X * v.X, _scale.Y * v.Y, _scale.Z * v.Z);

    private bool TryReadLine(string what, out ReadOnlySpan<char> line) =>
        lines.TryRead(out line) || _draft.Refuse(StructureFileFindings.Truncated, lines.Number, $"the file ends before {what}");

    // The numbers that a line begins with; remarks may follow.
    private static double[] Numbers(ReadOnlySpan<char> line, out string rest)
    {
        var numbers = new List<double>();
        var fields = new FieldCursor(line);
        rest = "";
        while (fields.TryNext(out ReadOnlySpan<char> field))
        {
            if (!NumberText.TryParseReal(field, out double number))
            {
                rest = field[0] is '!' or '#' ? "" : field.ToString();
                break;
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }
}
