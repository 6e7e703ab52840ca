namespace CrystalHpc.Fuzz.Grammar;

/// <summary>Words that mean something in a CIF file of a crystal, right and wrong ones.</summary>
internal static class Vocabulary
{
    public static readonly string[] CellTags =
        ["_cell_length_a", "_cell_length_b", "_cell_length_c", "_cell_angle_alpha", "_cell_angle_beta", "_cell_angle_gamma"];

    public static readonly string[] OperationTags =
        ["_space_group_symop_operation_xyz", "_symmetry_equiv_pos_as_xyz", "_space_group_symop.operation_xyz",
            "_symmetry_equiv.pos_as_xyz"];

    public static readonly string[] SymmetryTags =
    [
        "_symmetry_space_group_name_H-M", "_space_group_name_H-M_alt", "_symmetry_space_group_name_Hall", "_space_group_name_Hall",
        "_symmetry_Int_Tables_number", "_space_group_IT_number", "_symmetry_cell_setting", "_space_group_crystal_system",
    ];

    public static readonly string[] CoordinateTags = ["_atom_site_fract_x", "_atom_site_fract_y", "_atom_site_fract_z"];

    public static readonly string[] OtherTags =
    [
        "_atom_site_label", "_atom_site_type_symbol", "_atom_site_occupancy", "_atom_site_disorder_group", "_atom_site_disorder_assembly",
        "_atom_site_Wyckoff_symbol", "_atom_site_symmetry_multiplicity", "_atom_site_calc_flag", "_atom_site_attached_hydrogens",
        "_atom_site_Cartn_x", "_atom_site.fract_x", "_atom_type_symbol", "_atom_type_oxidation_number", "_chemical_formula_sum",
        "_chemical_formula_weight",
        "_cell_volume", "_cell_formula_units_Z", "_exptl_crystal_density_diffrn", "_diffrn_ambient_temperature", "_diffrn_ambient_pressure",
        "_refine_ls_R_factor_gt", "_cod_error_flag", "_cod_duplicate_entry", "_cell_modulation_dimension", "_pd_phase_id",
        "_audit_block_code", "_journal_year",
    ];

    public static readonly string[] Symbols =
    [
        "P 1", "P -1", "P1", "p-1", "P 21/c", "P 1 21/c 1", "P21/n", "C 2/c", "I 2/a", "A 1 2/n 1", "P n m a", "Pnma", "P m c n", "C m c m",
        "F d d d :2", "I 41/a m d :1",
        "I41/amd", "P 63/m m c", "R -3 c", "R -3 c :H", "R -3 c :R", "R3m r", "P 31 2 1", "F m -3 m", "Fm3m", "F d -3 m", "Fd-3m:2",
        "F d -3 m :1", "I a -3 d", "P n -3 n",
        "X 9 9 9", "P 7", "", "?", "P 21 / c", "P 2_1/c", "P2(1)/c", "Pnma (62)", "I -4 3 m", "P b c a", "B b m 2", "-P 2ybc", "-R 3 2\"c",
        "F -4 2 3", "P 1(x", "Fddd1\u00C5",
    ];

    public static readonly string[] Triplets =
    [
        "x,y,z", "-x,-y,-z", "x, y, z", "X,Y,Z", "x+1/2,-y+1/2,z", "1/2+x,1/2-y,z", "-y,x-y,z", "-y,x-y,z+1/3", "z,x,y", "y,x,-z",
        "x,-y,z+0.5", "x+.5,y,z", "x+1/6,y,z",
        "x+1/7,y,z", "x+0.33333,y,z", "2x,y,z", "x+y,y,z", "x,x,x", "x,y", "x,y,z,1", "0,0,0", "x/2,y,z", "-x,-y,", "x+1/0,y,z",
        "x+1e9,y,z", "a,b,c", "x*y,z,1", "--x,y,z",
        "+x,+y,+z", "x-1/2,y+3/2,z-5/4", "x+1/2,y+1/2,z+1/2", "x y z", "x;y;z", "-x,y+1/2,-z+1/2", "x,y,z+1/4", "1/4-y,1/4+x,1/4+z",
        "-x,-x,z", "(x),y,z",
    ];

    public static readonly string[] Lengths =
        ["0", "-5", "1e-9", "0.5", "1", "2.5", "3.9999", "5.64", "10", "50", "99.9", "1000", "1e5", "1e300", "5.64(0)", "5.64(99)", "?",
            ".", "5,64", "5.64A", "NaN", "0x5"];

    public static readonly string[] Angles =
        ["0", "1", "30", "45", "59.99", "60", "89.99", "90", "90.0001", "90.(5)", "109.47", "119.99", "120", "120.01", "150", "179",
            "179.9999", "180", "270", "-90", "?", ".", "1.5708"];

    public static readonly string[] Coordinates =
    [
        "0", "-0", "1", "0.5", "0.25", "0.3333", "0.333", "0.33333333", "0.6667", "2/3", ".125", "0.9999", "0.99999", "1.0001", "-0.3333",
        "12.5", "1e-5", "0.1(1)", "0.2500(3)",
        "?", ".", "x", "0.5?", "1e9", "NaN", "0.00001", "0.49999", "0.166", "0.8333",
    ];

    public static readonly string[] Occupancies = ["1", "0", "0.5", "0.3333", "0.99", "1.01", "2", "-1", "1.00(2)", "?", ".", "1e-9", "50%",
        "full"];

    public static readonly string[] Species =
    [
        "Na", "Cl", "O", "Si", "Fe", "Fe3+", "Fe2+", "O2-", "O-2", "Na1+", "Na+1", "Cl1-", "H", "D", "C", "Ca2+", "Ca+2.0", "U6+", "Al0+",
        "Al", "X", "Xx", "Vac", "M1", "Wat", "OH",
        "Og", "Lr", "N3-", "N5+", "S6+", "S2-", "Ti4+", "P5+", "Mn7+", "O1-", "Oz", "o", "SI", "CA", "Cd", "Cval", "?", ".", "Na9+",
        "Fe3.5+", "Si4+Al3+", "Si,Al",
    ];

    public static readonly string[] States = ["1", "2", "3", "4", "5", "6", "-1", "-2", "-3", "0", "+2", "2+", "2.5", "8", "9", "100",
        "-100", "?", ".", "II", "2.0(1)", "NaN"];

    public static readonly string[] Labels = ["Na1", "Na1", "O1", "O1A", "O1'", "'O 1'", "\"O\\\"1\"", "=1+1", "-Na", "@x", "all", "?",
        "\u001B[31mO1", "\u202EO1", "\u00C5", "1", "Si1_2"];
}
