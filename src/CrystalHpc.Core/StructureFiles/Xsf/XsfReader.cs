using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// Reads an XSF file of XCrySDen as aenet means it: one structure in Å, its energy in eV in a comment, forces in eV/Å behind the positions.
/// </summary>
internal sealed class XsfReader(LineSource lines)
{
    private readonly FrameDraft _draft = new(1);
    private bool _hasSystem;
    private bool _hasCoordinates;
    private int _columns;

    /// <summary>The frame of the file; nothing for a file without any.</summary>
    public IEnumerable<FrameReading> Read()
    {
        bool isEmpty = true;
        while (TryReadContent(out ReadOnlySpan<char> line))
        {
            isEmpty = false;
            if (!TryReadSection(line))
                break;
        }

        if (isEmpty && !_draft.IsRefused)
            yield break;
        if (!_draft.IsRefused && !_hasCoordinates)
            _draft.Refuse(StructureFileFindings.Truncated, lines.Number, $"the file has no PRIMCOORD and no ATOMS");
        yield return _draft.Complete();
    }

    // The next line that is neither blank nor a comment; comments may hold the energy. False also when one is refused.
    private bool TryReadContent(out ReadOnlySpan<char> line)
    {
        while (lines.TryReadFilled(out line))
        {
            if (!line.TrimStart(" \t").StartsWith('#'))
                return true;
            if (!XsfEnergy.TryRead(line, _draft, lines.Number))
                return false;
        }

        return false;
    }

    private bool TryReadSection(ReadOnlySpan<char> line)
    {
        var fields = new FieldCursor(line);
        fields.TryNext(out ReadOnlySpan<char> field);
        switch (field.ToString().ToUpperInvariant())
        {
            case "CRYSTAL":
                return TryBegin(new Periodicity(true, true, true));
            case "SLAB":
                return TryBegin(new Periodicity(true, true, false));
            case "POLYMER":
                return TryBegin(new Periodicity(true, false, false));
            case "MOLECULE":
                return TryBegin(Periodicity.Cluster);
            case "ATOMS":
                return TryBegin(Periodicity.Cluster) && TryReadRows(count: null);
            case "PRIMVEC":
                return TryReadCell();
            case "CONVVEC":
                return Skip(3);
            case "PRIMCOORD":
                return TryReadCount(out int atoms) && TryReadRows(atoms);
            case "CONVCOORD":
                _draft.Note(StructureFileFindings.ValueIgnored, lines.Number, $"atoms of the conventional cell are not read");
                return TryReadCount(out int others) && Skip(others);
            case var keyword when keyword.StartsWith("BEGIN_BLOCK", StringComparison.Ordinal):
                return SkipGrid(keyword.Replace("BEGIN", "END", StringComparison.Ordinal));
            case "ANIMSTEPS":
                return _draft.Refuse(StructureFileFindings.Unsupported, lines.Number, $"animated XSF files are not read");
            default:
                return _hasCoordinates && FieldCursor.Count(line) == _columns
                    ? _draft.Refuse(StructureFileFindings.Count, lines.Number,
                        $"another row follows the {_draft.Species.Count} atoms of the frame")
                    : _draft.Refuse(StructureFileFindings.Header, lines.Number, $"'{FrameText.Beginning(line)}' is no keyword of XSF");
        }
    }

    private bool TryBegin(Periodicity periodicity)
    {
        if (_hasSystem)
            return _draft.Refuse(StructureFileFindings.Unsupported, lines.Number, $"the file holds a second structure");
        _hasSystem = true;
        _draft.Periodicity = periodicity;
        return true;
    }

    private bool TryReadCell()
    {
        if (_draft.Cell is not null)
            return _draft.Refuse(StructureFileFindings.Duplicate, lines.Number, $"PRIMVEC is given twice");
        Span<double> v = stackalloc double[9];
        for (int i = 0; i < 3; i++)
        {
            if (!TryReadContent(out ReadOnlySpan<char> line))
                return _draft.Refuse(StructureFileFindings.Truncated, lines.Number, $"PRIMVEC has {i} of 3 vectors");
            var fields = new FieldCursor(line);
            for (int k = 0; k < 3; k++)
            {
                if (!fields.TryNext(out ReadOnlySpan<char> field) || !NumberText.TryParseFinite(field, out v[3 * i + k]))
                    return _draft.Refuse(StructureFileFindings.Cell, lines.Number, $"'{FrameText.Beginning(line)}' is not a cell vector");
            }

            if (fields.CountRest() > 0)
                return _draft.Refuse(StructureFileFindings.Cell, lines.Number, $"'{FrameText.Beginning(line)}' is not a cell vector");
        }

        _draft.Cell = new Basis(new(v[0], v[1], v[2]), new(v[3], v[4], v[5]), new(v[6], v[7], v[8]));
        return _hasSystem || _draft.Refuse(StructureFileFindings.Header, lines.Number,
            $"PRIMVEC without CRYSTAL, SLAB, POLYMER or MOLECULE");
    }

    private bool TryReadCount(out int count)
    {
        count = 0;
        if (!TryReadContent(out ReadOnlySpan<char> line))
            return _draft.Refuse(StructureFileFindings.Truncated, lines.Number, $"the file ends before the number of atoms");
        var fields = new FieldCursor(line);
        fields.TryNext(out ReadOnlySpan<char> field);
        if (!NumberText.TryParseInteger(field, out long number) || number is < 1 or > int.MaxValue || fields.CountRest() > 1)
            return _draft.Refuse(StructureFileFindings.Count, lines.Number,
                $"'{FrameText.Beginning(line)}' is not a number of atoms above zero");
        count = (int)number;
        return true;
    }

    // Without a count, until the file ends or a keyword follows.
    private bool TryReadRows(int? count)
    {
        if (_hasCoordinates)
            return _draft.Refuse(StructureFileFindings.Unsupported, lines.Number, $"the file holds a second list of atoms");
        _hasCoordinates = true;
        var species = new SpeciesText(_draft, numbersAreElements: true);
        for (int atom = 0; count is null || atom < count; atom++)
        {
            if (!TryReadContent(out ReadOnlySpan<char> line) || FieldCursor.Count(line) == 1)
            {
                if (line.Length > 0)
                    lines.Return();
                if (count is not null)
                    return _draft.Refuse(StructureFileFindings.Truncated, lines.Number, $"the list has {atom} of {count} atoms");
                break;
            }

            if (!TryReadRow(line, species))
                return false;
        }

        return species.TryComplete(lines.Number);
    }

    private bool TryReadRow(ReadOnlySpan<char> line, SpeciesText species)
    {
        int columns = FieldCursor.Count(line);
        if (columns is not (4 or 7))
            return _draft.Refuse(StructureFileFindings.Columns, lines.Number, $"the row has {columns} values, not 4 or, with forces, 7");
        if (_columns != 0 && columns != _columns)
            return _draft.Refuse(StructureFileFindings.Columns, lines.Number, $"the row has {columns} values, rows before it {_columns}");
        _columns = columns;
        var fields = new FieldCursor(line);
        fields.TryNext(out ReadOnlySpan<char> symbol);
        if (!species.TryAdd(symbol, lines.Number))
            return false;
        for (int i = 1; i < columns; i++)
        {
            fields.TryNext(out ReadOnlySpan<char> field);
            if (!NumberText.TryParseFinite(field, out double value))
                return _draft.Refuse(StructureFileFindings.Number, lines.Number, $"'{FrameText.Beginning(field)}' is not a finite number");
            (i < 4 ? _draft.Positions : _draft.Forces).Add(value);
        }

        return true;
    }

    private bool Skip(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!TryReadContent(out _))
                return _draft.Refuse(StructureFileFindings.Truncated, lines.Number, $"the file ends inside a section");
        }

        return true;
    }

    private bool SkipGrid(string end)
    {
        _draft.Note(StructureFileFindings.ValueIgnored, lines.Number, $"grids are not read");
        while (lines.TryRead(out ReadOnlySpan<char> line))
        {
            if (line.Trim(" \t").StartsWith(end, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return _draft.Refuse(StructureFileFindings.Truncated, lines.Number, $"the file ends before {end}");
    }
}
