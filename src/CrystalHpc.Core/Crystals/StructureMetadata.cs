namespace CrystalHpc.Core.Crystals;

/// <summary>What a file says about the experiment and the compound, as read; null or empty where it says nothing.</summary>
public sealed record StructureMetadata
{
    /// <summary>Name of the data block.</summary>
    public string BlockName { get; init; } = "";

    /// <summary>COD number (<c>_cod_database_code</c>), empty when none.</summary>
    public string CodId { get; init; } = "";

    /// <summary>Digital object identifier of the publication, empty when none.</summary>
    public string Doi { get; init; } = "";

    /// <summary><c>_chemical_formula_sum</c> as written.</summary>
    public string FormulaSum { get; init; } = "";

    /// <summary>Name of the compound or mineral.</summary>
    public string CompoundName { get; init; } = "";

    /// <summary>Systematic name of the compound (<c>_chemical_name_systematic</c>), which may give states by Stock's numerals.</summary>
    public string SystematicName { get; init; } = "";

    /// <summary>Hermann-Mauguin symbol as written.</summary>
    public string SpaceGroup { get; init; } = "";

    /// <summary>Hall symbol as written.</summary>
    public string HallSymbol { get; init; } = "";

    /// <summary>
    /// Code of the setting (<c>_space_group.IT_coordinate_system_code</c>, or behind the number), such as <c>b2</c>; empty when none.
    /// </summary>
    public string SettingCode { get; init; } = "";

    /// <summary>Number of the space group, 1 to 230; null when not given.</summary>
    public int? SpaceGroupNumber { get; init; }

    /// <summary>Formula units in the cell (Z).</summary>
    public double? FormulaUnits { get; init; }

    /// <summary>Density from the diffraction experiment, g/cm³.</summary>
    public double? DensityGramsPerCubicCentimeter { get; init; }

    /// <summary>What is known of the temperature of the measurement, K.</summary>
    public ValueRange? TemperatureKelvin { get; init; }

    /// <summary>What is known of the pressure of the measurement, kPa.</summary>
    public ValueRange? PressureKilopascal { get; init; }

    /// <summary>Journal of the publication, empty when none.</summary>
    public string Journal { get; init; } = "";

    /// <summary>Volume of the journal, as written.</summary>
    public string JournalVolume { get; init; } = "";

    /// <summary>First page of the publication, as written.</summary>
    public string FirstPage { get; init; } = "";

    /// <summary>Year of publication.</summary>
    public int? Year { get; init; }

    /// <summary>Best residual factor that the file gives (R1 of observed reflections where present), as a fraction.</summary>
    public double? RFactor { get; init; }

    /// <summary>
    /// True when the entry is marked as computed, or its title, remarks or origin tell so (<see cref="ComputedStructure"/>).
    /// </summary>
    public bool IsTheoretical { get; init; }

    /// <summary>
    /// COD's own flags about the entry (errors, retraction, duplicate, suboptimal, on hold), as code names of this program.
    /// </summary>
    public IReadOnlyList<string> DatabaseFlags { get; init; } = [];

    /// <summary>Items of the file that have a value which cannot be read, such as <c>_diffrn_ambient_temperature 'cold'</c>.</summary>
    public IReadOnlyList<string> UnreadableItems { get; init; } = [];

    /// <summary>Rows of the atom list that could not be placed for want of coordinates; the cell lacks those atoms.</summary>
    public int UnplacedSites { get; init; }
}
