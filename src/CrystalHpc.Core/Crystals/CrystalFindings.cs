using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Crystals;

/// <summary>What can be odd about a crystal structure in a file that is readable as CIF.</summary>
public static class CrystalFindings
{
    /// <summary>No atom list.</summary>
    public static readonly FindingCode NoAtomSites = Error("structure-no-atom-sites",
        "The data block lists no atom sites with coordinates.");

    /// <summary>No cell.</summary>
    public static readonly FindingCode CellMissing = Error("cell-missing", "A cell length or angle is missing or not a number.");

    /// <summary>Impossible cell.</summary>
    public static readonly FindingCode CellInvalid = Error("cell-invalid",
        "The cell lengths and angles span no volume, or a length exceeds 10,000 Å.");

    /// <summary>Cell volume in disagreement.</summary>
    public static readonly FindingCode CellVolumeDiffers =
        Warning("cell-volume-differs", "The cell volume given differs by over 1 % from that of the cell lengths and angles.");

    /// <summary>No operators.</summary>
    public static readonly FindingCode SymmetryMissing =
        Error("symmetry-missing", "No symmetry operations are listed, and no symbol or number of a space group that fits the cell.");

    /// <summary>Unreadable operator.</summary>
    public static readonly FindingCode SymmetryUnreadable =
        Error("symmetry-unreadable", "A symmetry operation is not a coordinate triplet of determinant 1 or -1.");

    /// <summary>Too many operators.</summary>
    public static readonly FindingCode SymmetryTooMany = Error("symmetry-too-many",
        "More symmetry operations are listed than any setting has.");

    /// <summary>Identity absent.</summary>
    public static readonly FindingCode SymmetryIdentityMissing =
        Warning("symmetry-identity-missing", "The operation x,y,z is not listed; it was added.");

    /// <summary>Operator twice.</summary>
    public static readonly FindingCode SymmetryDuplicate = Warning(
        "symmetry-duplicate", "A symmetry operation is listed twice; one was dropped.");

    /// <summary>Blanks without quotes.</summary>
    public static readonly FindingCode SymmetryUnquoted = Warning("symmetry-unquoted",
        "The symmetry operations have blanks and no quotes, so that their words count as values; each line was taken for one operation.");

    /// <summary>Not a group.</summary>
    public static readonly FindingCode SymmetryNotAGroup =
        Error("symmetry-not-a-group", "The product of two listed symmetry operations is not listed.");

    /// <summary>Metric does not fit.</summary>
    public static readonly FindingCode SymmetryCellMismatch =
        Error("symmetry-cell-mismatch", "A symmetry operation does not preserve the cell's lengths and angles.");

    /// <summary>Listed operations replaced.</summary>
    public static readonly FindingCode SymmetryListReplaced = Warning("symmetry-list-replaced",
        "The listed symmetry operations are unreadable, no group, do not fit the cell, or lack some that the content of the cell asks for; "
        + "those of the space group symbol were taken.");

    /// <summary>Operations from the Hall symbol.</summary>
    public static readonly FindingCode SymmetryFromHall =
        Note("symmetry-from-hall", "The symmetry operations are those of the Hall symbol.");

    /// <summary>Operations from the Hermann-Mauguin symbol.</summary>
    public static readonly FindingCode SymmetryFromHermannMauguin =
        Note("symmetry-from-hermann-mauguin", "The symmetry operations are those of the Hermann-Mauguin symbol.");

    /// <summary>Operations from the code of a setting.</summary>
    public static readonly FindingCode SymmetryFromCode =
        Note("symmetry-from-code", "The symmetry operations are those of the setting that the code beside number or symbol stands for.");

    /// <summary>No symmetry said.</summary>
    public static readonly FindingCode SymmetryNoneNeeded = Warning("symmetry-none-needed",
        "The file says nothing of symmetry, but the atoms listed are those of Z formula units: the "
        + "list is the whole cell, without symmetry.");

    /// <summary>Operations from the number.</summary>
    public static readonly FindingCode SymmetryFromNumber = Warning("symmetry-from-number",
        "The symmetry operations are those of the standard setting of the space group's number.");

    /// <summary>Origin or axes guessed.</summary>
    public static readonly FindingCode SymmetrySettingGuessed = Warning("symmetry-origin-guessed",
        "The space group symbol leaves origin or axes open; those were taken with which the atoms make most sense.");

    /// <summary>Disorder resolved.</summary>
    public static readonly FindingCode DisorderResolved = new("structure-disorder-resolved", FindingSeverity.Note,
        "Of each disorder assembly the major group is kept as if it were ordered; the message says which.");

    /// <summary>Symmetry trusted though it does not hold together.</summary>
    public static readonly FindingCode SymmetryAsWritten = Warning("symmetry-as-written",
        "The symmetry is taken as written, as the configuration asks, though it is no group, does not fit the cell, or is missing.");

    /// <summary>A list that may have lost operations.</summary>
    public static readonly FindingCode SymmetryListIncomplete = Error("symmetry-list-incomplete",
        "The listed symmetry operations are a proper part of the group that the symbol names, and neither "
        + "Z nor density nor distances tell which is right.");

    /// <summary>Symbol and operations disagree.</summary>
    public static readonly FindingCode SymmetrySymbolMismatch = Warning("symmetry-symbol-mismatch",
        "The listed symmetry operations are those of another space group than the symbol or number; the operations were taken.");

    /// <summary>Named group that the atoms do not have.</summary>
    public static readonly FindingCode SymmetryNotOfAtoms = Warning("symmetry-not-of-atoms",
        "The atoms have less symmetry than the space group that the file names, and do not have it within 0.1 Å either.");

    /// <summary>Modulated.</summary>
    public static readonly FindingCode StructureModulated =
        Error("structure-modulated", "The structure is modulated: one cell does not describe it.");

    /// <summary>Only Cartesian coordinates.</summary>
    public static readonly FindingCode SiteCartesianOnly =
        Error("site-cartesian-only", "Atom coordinates are given in Cartesian axes only, which the file does not tie to the cell.");

    /// <summary>Loop columns of unequal length.</summary>
    public static readonly FindingCode SiteColumnMismatch =
        Error("site-column-mismatch",
            "A column of the atom list stands in another loop or has another length: what it says of the sites is lost.");

    /// <summary>Several lists of atoms.</summary>
    public static readonly FindingCode SiteLoopsSeveral =
        Error("site-loops-several",
            "Coordinates of atom sites stand in several loops of one block: none of them is known to be the whole list.");

    /// <summary>Site without coordinates.</summary>
    public static readonly FindingCode SiteWithoutCoordinates =
        Warning("site-without-coordinates", "An atom site has no coordinates; it was left out and the structure counts as incomplete.");

    /// <summary>Unreadable coordinates.</summary>
    public static readonly FindingCode SiteCoordinatesUnreadable =
        Error("site-coordinates-unreadable", "A coordinate is neither a number nor marked as missing.");

    /// <summary>Dummy.</summary>
    public static readonly FindingCode SiteDummy = Note("site-dummy",
        "An atom site is a dummy, a vacancy or a centroid by its flag, type or label; it was left out.");

    /// <summary>Unknown element.</summary>
    public static readonly FindingCode SiteElementUnknown =
        Error("site-element-unknown", "Neither type symbol nor label of an atom site names one element.");

    /// <summary>Label with two readings.</summary>
    public static readonly FindingCode SiteElementGuessed =
        Warning("site-element-guessed", "A label without type symbol can be read as two elements; the sum formula did not decide.");

    /// <summary>Impossible occupancy.</summary>
    public static readonly FindingCode SiteOccupancyInvalid =
        Error("site-occupancy-invalid", "An occupancy is negative, above 1.01 or not a number.");

    /// <summary>Occupancy over one.</summary>
    public static readonly FindingCode SiteOccupancyAboveOne = Warning(
        "site-occupancy-above-one", "An occupancy is greater than 1 by at most 0.01; it was read as 1.");

    /// <summary>Occupancy zero.</summary>
    public static readonly FindingCode SiteOccupancyZero = Note("site-occupancy-zero", "An atom site has occupancy 0; it was left out.");

    /// <summary>One atom in several rows.</summary>
    public static readonly FindingCode SiteRepeated = Warning("site-repeated",
        "Without symmetry, atoms are listed again at places that a lattice vector joins: corners, "
        + "edges or faces of the cell; each was read once.");

    /// <summary>Near a special position.</summary>
    public static readonly FindingCode SiteNearSpecialPosition =
        Warning("site-near-special-position", "Copies of a full site lie so close that they must be one atom on a special position.");

    /// <summary>Too many atoms.</summary>
    public static readonly FindingCode TooManyAtoms = Error("structure-too-many-atoms", "The cell may hold more atoms than the limit.");

    /// <summary>Too dense.</summary>
    public static readonly FindingCode TooDense =
        Error("structure-too-dense", "The cell has less than 0.5 Å³ for each atom: cell or coordinates cannot be right.");

    /// <summary>R factor in percent.</summary>
    public static readonly FindingCode MetadataRepaired =
        Note("metadata-repaired", "A value of the experiment was read in the unit it must have been meant in.");

    /// <summary>Conditions from the title.</summary>
    public static readonly FindingCode MetadataFromTitle =
        Note("metadata-from-title",
            "Temperature or pressure of the measurement was read from the title, names or remarks: no item of the file states it.");

    /// <summary>Conditions in the title that are not those of the measurement.</summary>
    public static readonly FindingCode TitleConditionsUnused = Note("metadata-title-unused",
        "The title names temperatures or pressures that are not taken for those of the measurement: of a "
        + "treatment, a transition, or less direct than others.");

    /// <summary>A value that cannot be read.</summary>
    public static readonly FindingCode MetadataUnreadable =
        Warning("metadata-unreadable", "A value of the entry or its experiment is there and cannot be read; it does not count as absent.");

    /// <summary>Signs of a computed structure.</summary>
    public static readonly FindingCode MetadataComputed =
        Note("metadata-computed",
            "The file tells that the structure was computed, idealized or altered, not measured; the message says where.");

    /// <summary>Z against the cell content.</summary>
    public static readonly FindingCode FormulaUnitsDiffer =
        Note("content-z-differs",
            "The cell holds another number of formula units than the file states (Z), though the composition agrees.");

    /// <summary>Density against the cell content.</summary>
    public static readonly FindingCode DensityDiffers =
        Note("content-density-differs",
            "The atom list gives a density more than 5 % off the one that the file states: atoms are missing or superfluous.");

    /// <summary>Every code of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } =
    [
        NoAtomSites, CellMissing, CellInvalid, CellVolumeDiffers, SymmetryMissing, SymmetryUnreadable, SymmetryTooMany,
        SymmetryIdentityMissing, SymmetryDuplicate, SymmetryUnquoted, SymmetryNotAGroup, SymmetryCellMismatch, SymmetryListReplaced,
        SymmetryFromHall, SymmetryFromHermannMauguin, SymmetryFromCode, SymmetryNoneNeeded, SymmetryFromNumber, SymmetrySettingGuessed,
        SymmetryAsWritten, SymmetryListIncomplete, SymmetrySymbolMismatch, SymmetryNotOfAtoms,
        StructureModulated, SiteCartesianOnly, SiteColumnMismatch, SiteLoopsSeveral, SiteWithoutCoordinates, SiteCoordinatesUnreadable,
        SiteDummy, SiteElementUnknown, SiteElementGuessed,
        SiteOccupancyInvalid, SiteOccupancyAboveOne, SiteOccupancyZero, SiteRepeated, SiteNearSpecialPosition, TooManyAtoms,
        TooDense, DisorderResolved, MetadataRepaired, MetadataFromTitle, TitleConditionsUnused, MetadataUnreadable, MetadataComputed,
        FormulaUnitsDiffer, DensityDiffers,
    ];

    private static FindingCode Error(string name, string meaning) => new(name, FindingSeverity.Error, meaning);

    private static FindingCode Warning(string name, string meaning) => new(name, FindingSeverity.Warning, meaning);

    private static FindingCode Note(string name, string meaning) => new(name, FindingSeverity.Note, meaning);
}
