using CrystalHpc.Core.Cif;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// The data names that describe a structure, each with its spellings: DDL1 (underscores), DDLm (dots), older names, and the
/// <c>_[local]</c> forms of early COD entries (CIF core dictionary 2.4.5 and 3.2; COD dictionary).
/// </summary>
internal static class CifNames
{
    public static readonly string[][] Cell =
    [
        ["_cell_length_a", "_cell.length_a"],
        ["_cell_length_b", "_cell.length_b"],
        ["_cell_length_c", "_cell.length_c"],
        ["_cell_angle_alpha", "_cell.angle_alpha"],
        ["_cell_angle_beta", "_cell.angle_beta"],
        ["_cell_angle_gamma", "_cell.angle_gamma"],
    ];

    public static readonly string[] CellVolume = ["_cell_volume", "_cell.volume"];
    public static readonly string[] FormulaUnits = ["_cell_formula_units_Z", "_cell.formula_units_Z"];
    public static readonly string[] Density = ["_exptl_crystal_density_diffrn", "_exptl_crystal.density_diffrn"];
    public static readonly string[] Modulation = ["_cell_modulation_dimension", "_cell.modulation_dimension", "_cell_wave_vector_x"];

    public static readonly string[] Operations =
    [
        "_space_group_symop_operation_xyz", "_space_group_symop.operation_xyz", "_symmetry_equiv_pos_as_xyz", "_symmetry_equiv.pos_as_xyz",
    ];

    /// <summary>Operations of magnetic structures (magCIF dictionary), each with a fourth part, the time reversal.</summary>
    public static readonly string[] MagneticOperations =
    [
        "_space_group_symop_magn_operation.xyz", "_space_group_symop.magn_operation_xyz", "_space_group_symop_magn_operation_xyz",
    ];

    /// <summary>Translations that belong to <see cref="MagneticOperations"/>.</summary>
    public static readonly string[] MagneticCenterings =
    [
        "_space_group_symop_magn_centering.xyz", "_space_group_symop.magn_centering_xyz", "_space_group_symop_magn_centering_xyz",
    ];

    public static readonly string[] HermannMauguin =
    [
        "_space_group_name_H-M_alt", "_space_group.name_H-M_alt", "_symmetry_space_group_name_H-M", "_symmetry.space_group_name_H-M",
        "_space_group.name_H-M_ref", "_space_group_name_H-M_ref", "_space_group_name_H-M", "_space_group.name_H-M_full",
    ];

    public static readonly string[] SettingCode = ["_space_group.IT_coordinate_system_code", "_space_group_IT_coordinate_system_code"];

    public static readonly string[] Hall =
        ["_space_group_name_Hall", "_space_group.name_Hall", "_symmetry_space_group_name_Hall", "_symmetry.space_group_name_Hall"];

    public static readonly string[] SpaceGroupNumber =
    [
        "_space_group_IT_number", "_space_group.IT_number", "_symmetry_Int_Tables_number", "_symmetry.Int_Tables_number",
    ];

    public static readonly string[] FractionalX = ["_atom_site_fract_x", "_atom_site.fract_x"];
    public static readonly string[] FractionalY = ["_atom_site_fract_y", "_atom_site.fract_y"];
    public static readonly string[] FractionalZ = ["_atom_site_fract_z", "_atom_site.fract_z"];
    public static readonly string[] CartesianX = ["_atom_site_Cartn_x", "_atom_site.Cartn_x"];
    public static readonly string[] SiteLabel = ["_atom_site_label", "_atom_site.label", "_atom_site.id"];
    public static readonly string[] SiteType = ["_atom_site_type_symbol", "_atom_site.type_symbol"];
    public static readonly string[] SiteOccupancy = ["_atom_site_occupancy", "_atom_site.occupancy"];
    public static readonly string[] SiteDisorderGroup = ["_atom_site_disorder_group", "_atom_site.disorder_group"];
    public static readonly string[] SiteDisorderAssembly = ["_atom_site_disorder_assembly", "_atom_site.disorder_assembly"];
    public static readonly string[] SiteAttachedHydrogens = ["_atom_site_attached_hydrogens", "_atom_site.attached_hydrogens"];
    public static readonly string[] SiteCalculated = ["_atom_site_calc_flag", "_atom_site.calc_flag"];

    public static readonly string[] TypeSymbol = ["_atom_type_symbol", "_atom_type.symbol"];
    public static readonly string[] TypeOxidationNumber = ["_atom_type_oxidation_number", "_atom_type.oxidation_number"];

    public static readonly string[] FormulaSum = ["_chemical_formula_sum", "_chemical_formula.sum"];

    public static readonly string[] CompoundName =
    [
        "_chemical_name_mineral", "_chemical_name.mineral", "_chemical_name_common", "_chemical_name.common",
        "_chemical_name_systematic", "_chemical_name.systematic",
    ];

    public static readonly string[] SystematicName = ["_chemical_name_systematic", "_chemical_name.systematic"];

    public static readonly string[] Doi = ["_journal_paper_doi", "_journal.paper_DOI", "_citation_doi", "_citation.doi", "_publ_doi"];
    public static readonly string[] Journal = ["_journal_name_full", "_journal.name_full", "_citation_journal_full",
        "_citation.journal_full"];
    public static readonly string[] JournalVolume = ["_journal_volume", "_journal.volume", "_citation_journal_volume",
        "_citation.journal_volume"];
    public static readonly string[] FirstPage = ["_journal_page_first", "_journal.page_first", "_citation_page_first",
        "_citation.page_first"];
    public static readonly string[] Year = ["_journal_year", "_journal.year", "_citation_year", "_citation.year"];

    public static readonly string[] Temperature =
    [
        "_diffrn_ambient_temperature", "_diffrn.ambient_temperature", "_diffrn.ambient_temp", "_diffrn_ambient_temp",
        "_cell_measurement_temperature", "_cell_measurement.temperature", "_cell_measurement.temp",
    ];

    public static readonly string[] Pressure =
    [
        "_diffrn_ambient_pressure", "_diffrn.ambient_pressure", "_cell_measurement_pressure", "_cell_measurement.pressure",
    ];

    public static readonly string[] TemperatureAbove = ["_diffrn_ambient_temperature_gt", "_diffrn.ambient_temperature_gt"];
    public static readonly string[] TemperatureBelow = ["_diffrn_ambient_temperature_lt", "_diffrn.ambient_temperature_lt"];
    public static readonly string[] PressureAbove = ["_diffrn_ambient_pressure_gt", "_diffrn.ambient_pressure_gt"];
    public static readonly string[] PressureBelow = ["_diffrn_ambient_pressure_lt", "_diffrn.ambient_pressure_lt"];

    /// <summary>
    /// Names of the compound, in some files with more than the name: <c>NaCl at 30 GPa</c>, <c>Generated by pymatgen</c>.
    /// </summary>
    public static readonly string[][] Names =
    [
        ["_chemical_name_common", "_chemical_name.common"], ["_chemical_name_mineral", "_chemical_name.mineral"],
        ["_chemical_name_systematic", "_chemical_name.systematic"], ["_pd_phase_name", "_pd_phase.name"],
    ];

    /// <summary>Remarks that state the conditions where no item and no title does.</summary>
    public static readonly string[][] ConditionRemarks =
        [.. Names, ["_diffrn_special_details", "_diffrn.special_details"], ["_diffrn_ambient_environment", "_diffrn.ambient_environment"]];

    /// <summary>Remarks that tell of computations.</summary>
    public static readonly string[][] OriginRemarks =
    [
        ["_exptl_special_details", "_exptl.special_details"], ["_refine_special_details", "_refine.special_details"],
        ["_publ_section_comment", "_publ_section.comment"], ["_publ_section_abstract", "_publ_section.abstract"],
    ];

    public static readonly string[] CompoundSource = ["_chemical_compound_source", "_chemical.compound_source"];
    public static readonly string[] CreationMethod = ["_audit_creation_method", "_audit.creation_method"];

    public static readonly string[] Software =
    [
        "_computing_structure_solution", "_computing.structure_solution", "_computing_structure_refinement",
        "_computing.structure_refinement",
    ];

    public static readonly string[] Title = ["_publ_section_title", "_publ_section.title", "_citation_title", "_citation.title"];

    public static readonly string[] RFactor =
    [
        "_refine_ls_R_factor_gt", "_refine_ls.R_factor_gt", "_refine_ls_R_factor_obs", "_refine_ls.R_factor_obs",
        "_refine_ls_R_factor_all", "_refine_ls.R_factor_all",
    ];

    public static readonly string[] CodId = ["_cod_database_code", "_cod.database_code", "_[local]_cod_database_code"];

    public static readonly string[] DeterminationMethod =
    [
        "_cod_struct_determination_method", "_cod_structure_determination_method", "_cod_struct.determination_method",
        "_[local]_cod_struct_determination_method", "_[local]_cod_structure_determination_method", "_exptl_method", "_exptl.method",
    ];

    public static readonly string[] ErrorFlag = ["_cod_error_flag", "_cod_error.flag", "_[local]_cod_error_flag"];
    public static readonly string[] IssueSeverity = ["_cod_entry_issue_severity", "_cod_entry_issue.severity"];

    public static readonly string[] Duplicate =
    [
        "_cod_duplicate_entry", "_[local]_cod_duplicate_entry", "_cod_related_duplicate_entry_code", "_cod_related_duplicate_entry.code",
    ];

    public static readonly string[] Suboptimal =
    [
        "_cod_suboptimal_structure", "_[local]_cod_suboptimal_structure", "_cod_related_optimal_struct",
        "_[local]_cod_related_optimal_struct", "_cod_related_optimal_entry_code", "_cod_related_optimal_entry.code",
        "_cod_related_optimal_struct_entry_code", "_cod_related_optimal_struct_entry.code",
    ];

    public static readonly string[] OnHold = ["_cod_hold_until_date", "_cod_hold.until_date", "_[local]_cod_hold_until_date"];

    /// <summary>The first value that is present and not marked as missing.</summary>
    public static bool TryGet(this CifBlock block, string[] names, out CifValue value)
    {
        foreach (string name in names)
        {
            if (block.TryGetValue(name, out value) && !value.IsMissing)
                return true;
        }

        value = default;
        return false;
    }

    /// <summary>The first column that is present.</summary>
    public static bool TryGetColumn(this CifBlock block, string[] names, out CifColumn column)
    {
        foreach (string name in names)
        {
            if (block.TryGetColumn(name, out column))
                return true;
        }

        column = default;
        return false;
    }

    /// <summary>The first value that is present and a number; NaN when there is none.</summary>
    public static double GetNumber(this CifBlock block, string[] names)
    {
        foreach (string name in names)
        {
            if (block.TryGetValue(name, out CifValue value) && value.TryGetNumber(out CifNumber number))
                return number.Value;
        }

        return double.NaN;
    }

    /// <summary>The first value that is present and not empty, trimmed, inner line breaks as blanks; empty when there is none.</summary>
    public static string GetText(this CifBlock block, string[] names)
    {
        foreach (string name in names)
        {
            if (block.TryGetValue(name, out CifValue value) && !value.IsMissing
                && string.Join(' ', value.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } text)
                return text;
        }

        return "";
    }
}
