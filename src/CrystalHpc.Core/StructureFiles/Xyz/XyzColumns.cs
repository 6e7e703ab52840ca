namespace CrystalHpc.Core.StructureFiles;

/// <summary>What a column of the atom rows of extended XYZ is to the frame.</summary>
internal enum XyzRole
{
    Species,
    AtomicNumber,
    Position,
    Force,
    Other,
}

/// <summary>One group of columns.</summary>
internal readonly record struct XyzColumn(string Name, char Type, int Width, XyzRole Role);

/// <summary>The columns of the atom rows, as <c>Properties</c> lists them: <c>species:S:1:pos:R:3</c>.</summary>
internal sealed class XyzColumns
{
    // Programs name the same columns in several ways; letter case is ignored.
    private static readonly string[] SpeciesNames = ["species", "symbols", "element"];
    private static readonly string[] NumberNames = ["Z", "numbers", "atomic_numbers"];
    private static readonly string[] PositionNames = ["pos", "positions"];
    private static readonly string[] ForceNames = ["forces", "force"];

    private XyzColumns(IReadOnlyList<XyzColumn> columns) => (All, Count) = (columns, columns.Sum(column => column.Width));

    /// <summary>Without <c>Properties</c>: symbol and position.</summary>
    public static XyzColumns Plain { get; } = new([new("species", 'S', 1, XyzRole.Species), new("pos", 'R', 3, XyzRole.Position)]);

    /// <summary>The groups in order.</summary>
    public IReadOnlyList<XyzColumn> All { get; }

    /// <summary>Values in a row.</summary>
    public int Count { get; }

    /// <summary>True when the rows hold forces.</summary>
    public bool HasForces => All.Any(column => column.Role == XyzRole.Force);

    /// <summary>True for names of columns of atomic numbers.</summary>
    public static bool IsAtomicNumber(string name) => Is(NumberNames, name);

    /// <summary>Reads the list; null, with the frame refused, when it is none that gives species and positions.</summary>
    public static XyzColumns? Parse(string text, string? forcesKey, FrameDraft draft, int line)
    {
        string[] parts = text.Split(':');
        var columns = new List<XyzColumn>();
        for (int i = 0; i + 2 < parts.Length; i += 3)
        {
            (string name, string type) = (parts[i].Trim(), parts[i + 1]);
            if (type is not ("S" or "I" or "R" or "L"))
            {
                draft.Refuse(StructureFileFindings.Header, line, $"Properties: the type {type} of {name} is not S, I, R or L");
                return null;
            }

            if (!NumberText.TryParseInteger(parts[i + 2], out long width) || width is < 1 or > 10_000 || name.Length == 0)
            {
                draft.Refuse(StructureFileFindings.Header, line, $"Properties: '{name}:{type}:{parts[i + 2]}' is no group of columns");
                return null;
            }

            columns.Add(new XyzColumn(name, type[0], (int)width, RoleOf(name, forcesKey)));
        }

        if (parts.Length % 3 != 0)
            draft.Refuse(StructureFileFindings.Header, line, $"Properties are not groups of name:type:count");
        return Check(columns, draft, line) ? new XyzColumns(Roles(columns)) : null;
    }

    private static XyzRole RoleOf(string name, string? forcesKey)
    {
        if (forcesKey is null ? Is(ForceNames, name) : name == forcesKey)
            return XyzRole.Force;
        return Is(SpeciesNames, name) ? XyzRole.Species : IsAtomicNumber(name) ? XyzRole.AtomicNumber
            : Is(PositionNames, name) ? XyzRole.Position : XyzRole.Other;
    }

    private static bool Is(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool Check(List<XyzColumn> columns, FrameDraft draft, int line)
    {
        if (columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1) is { } twice)
            return draft.Refuse(StructureFileFindings.Duplicate, line, $"Properties names {twice.Key} twice");
        foreach ((XyzRole role, char type, int width) in (ReadOnlySpan<(XyzRole, char, int)>)
            [(XyzRole.Species, 'S', 1), (XyzRole.AtomicNumber, 'I', 1), (XyzRole.Position, 'R', 3), (XyzRole.Force, 'R', 3)])
        {
            XyzColumn[] of = [.. columns.Where(column => column.Role == role)];
            if (of.Length > 1)
                return draft.Refuse(StructureFileFindings.Duplicate, line, $"Properties: {of[0].Name} and {of[1].Name} are the same");
            if (of.Length == 1 && (of[0].Type, of[0].Width) != (type, width))
                return draft.Refuse(StructureFileFindings.Header, line, $"Properties: {of[0].Name} is not {type}:{width}");
        }

        bool hasSpecies = columns.Any(column => column.Role is XyzRole.Species or XyzRole.AtomicNumber);
        if (!hasSpecies || !columns.Any(column => column.Role == XyzRole.Position))
            return draft.Refuse(StructureFileFindings.Header, line, $"Properties: {(hasSpecies ? "positions" : "species")} are missing");
        return !draft.IsRefused;
    }

    // Where both symbols and numbers are given, the symbols count; the numbers stay as a column.
    private static List<XyzColumn> Roles(List<XyzColumn> columns) => columns.Any(column => column.Role == XyzRole.Species)
        ? [.. columns.Select(column => column.Role == XyzRole.AtomicNumber ? column with { Role = XyzRole.Other } : column)]
        : columns;
}
