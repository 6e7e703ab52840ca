using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Why a frame of a structure file is refused, and what is odd about those that are read or written.</summary>
public static class StructureFileFindings
{
    /// <summary>Nothing there.</summary>
    public static readonly FindingCode NoFrame = Error("frame-none", "The file holds no frame.");

    /// <summary>Wrong count.</summary>
    public static readonly FindingCode Count =
        Error("frame-count", "The number of atoms is missing, is no whole number above zero, or is less than the rows that follow.");

    /// <summary>Cut off.</summary>
    public static readonly FindingCode Truncated = Error("frame-truncated", "The frame ends before its last atom or its closing line.");

    /// <summary>Wrong columns.</summary>
    public static readonly FindingCode Columns = Error("frame-columns", "A row has more or fewer values than the frame says.");

    /// <summary>Not a number.</summary>
    public static readonly FindingCode Number = Error("frame-number",
        "A value is not a number of its kind, or is not finite where it must be.");

    /// <summary>Not an element.</summary>
    public static readonly FindingCode Element = Error("frame-element", "An atom's species is no element.");

    /// <summary>Unreadable head.</summary>
    public static readonly FindingCode Header =
        Error("frame-header",
            "A line that describes the frame cannot be read: a quote is open, a list of columns is wrong, a keyword is unknown.");

    /// <summary>Contradiction.</summary>
    public static readonly FindingCode Duplicate = Error("frame-duplicate", "A value is given twice, and the two differ.");

    /// <summary>No cell.</summary>
    public static readonly FindingCode Cell =
        Error("frame-cell", "The cell is not three vectors that span a volume, or is missing although the frame is periodic.");

    /// <summary>Stress that cannot be.</summary>
    public static readonly FindingCode Stress = Error("frame-stress",
        "The stress is not symmetric, contradicts the virial, is too large for its unit, or a virial comes without a cell.");

    /// <summary>Unit unknown.</summary>
    public static readonly FindingCode Unit = Error("frame-unit", "The unit of a value is not stated, or is another than the one stated.");

    /// <summary>Atoms on one another.</summary>
    public static readonly FindingCode AtomsCoincide = Error("frame-atoms-coincide",
        "Two atoms lie at the same place, and no occupancies say why.");

    /// <summary>Layout that is not read.</summary>
    public static readonly FindingCode Unsupported = Error("frame-unsupported",
        "The file has a layout that is not read, such as an animated XSF file.");

    /// <summary>Frame cannot be written.</summary>
    public static readonly FindingCode NotWritten = Error("frame-not-written", "The output format cannot hold the frame.");

    /// <summary>Label under another name.</summary>
    public static readonly FindingCode KeyUnused = Warning("frame-key-unused",
        "A value whose name looks like an energy, a force or a stress is kept but not used as one; or "
        + "a name that was asked for is not there.");

    /// <summary>Unit of convention.</summary>
    public static readonly FindingCode UnitAssumed = Warning("frame-unit-assumed",
        "A unit that the format wants is left out; that of the convention is taken.");

    /// <summary>Element not by its symbol.</summary>
    public static readonly FindingCode ElementGuessed =
        Warning("frame-element-guessed", "An element was taken from an atomic number, an isotope or a comment instead of its symbol.");

    /// <summary>Not read.</summary>
    public static readonly FindingCode ValueIgnored = Warning("frame-value-ignored",
        "Part of the frame is not read, such as a grid or velocities.");

    /// <summary>Not written.</summary>
    public static readonly FindingCode ValueNotWritten = Warning(
        "frame-value-not-written", "The output format has no place for a value; it is left out.");

    /// <summary>Suspicious stress.</summary>
    public static readonly FindingCode StressLarge =
        Warning("frame-stress-large", "The stress is larger than solids bear: its unit may be another than the one stated.");

    /// <summary>All codes of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } =
    [
        NoFrame, Count, Truncated, Columns, Number, Element, Header, Duplicate, Cell, Stress, Unit, AtomsCoincide, Unsupported, NotWritten,
        KeyUnused, UnitAssumed, ElementGuessed, ValueIgnored, ValueNotWritten, StressLarge,
    ];

    private static FindingCode Error(string name, string meaning) => new(name, FindingSeverity.Error, meaning);

    private static FindingCode Warning(string name, string meaning) => new(name, FindingSeverity.Warning, meaning);
}
