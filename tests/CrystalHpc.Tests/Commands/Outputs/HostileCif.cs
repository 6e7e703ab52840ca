namespace CrystalHpc.Tests.Commands.Outputs;

/// <summary>A sound structure whose every text is hostile: escape sequences of terminals, C1 controls, turned text, formulas.</summary>
internal static class HostileCif
{
    /// <summary>
    /// Sets the title of a terminal, turns text red, and ends with the same in one C1 character and with text from right to left.
    /// </summary>
    public const string Sequence = "\u001B]0;title\u0007\u001B[31m\u009B31m\u007F\u202E";

    /// <summary>Rock salt.</summary>
    public const string Text = $"""
        data_x{Sequence}
        _cell_length_a 5.64
        _cell_length_b 5.64
        _cell_length_c 5.64
        _cell_angle_alpha 90
        _cell_angle_beta 90
        _cell_angle_gamma 90
        _symmetry_space_group_name_H-M 'F m -3 m'
        _journal_name_full '=Å{Sequence}'
        _chemical_name_common
        ;
        two {Sequence}
        lines
        ;
        _chemical_formula_sum 'Cl Na'
        loop_
        _atom_site_label
        _atom_site_type_symbol
        _atom_site_fract_x
        _atom_site_fract_y
        _atom_site_fract_z
        '=Na{Sequence}' Na1+ 0 0 0
        -Cl Cl1- 0.5 0.5 0.5
        _odd{Sequence} '{Sequence}
        """;

    /// <summary>Names of files that terminals and spreadsheets must not see raw.</summary>
    public static readonly string[] FileNames = ["\u001B[31mred.cif", "=cmd().cif", "-1.cif", "+a.cif", "@b.cif", "c\u202Efic.cif",
        "d\u009B.cif"];
}
