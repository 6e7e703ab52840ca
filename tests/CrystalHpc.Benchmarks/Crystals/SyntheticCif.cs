using System.Globalization;
using System.Text;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// CIF files made in memory, the same in every run, with the parts that make COD entries large: atom, displacement and geometry loops,
/// refinement notes, and the reflections, either as a loop or as the text field that SHELXL writes. The numbers are random.
/// </summary>
internal sealed class SyntheticCif
{
    private readonly Random _random;
    private readonly StringBuilder _text = new();

    private SyntheticCif(int seed) => _random = new Random(seed);

    /// <summary>
    /// A mixture with the mean size of COD, some 170 kB: of twenty files, fourteen have no reflections (some 25 to 75 kB), four carry
    /// them as text and two as a loop.
    /// </summary>
    public static List<byte[]> Mixture(int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        SyntheticCif file = new(i);
        file.Structure(i, atoms: file._random.Next(30, 120));
        if (i % 20 is 3 or 7 or 13 or 19)
            file.ReflectionText(file._random.Next(6_000, 24_000));
        else if (i % 20 is 5 or 15)
            file.ReflectionLoop(file._random.Next(5_000, 20_000));
        return file.ToBytes();
    })];

    /// <summary>Large files, some 1 to 5 MB, nearly all of it reflections.</summary>
    /// <param name="count">Number of files.</param>
    /// <param name="asText">True: as a text field. False: as a loop.</param>
    public static List<byte[]> Reflections(int count, bool asText) => [.. Enumerable.Range(0, count).Select(i =>
    {
        SyntheticCif file = new(1000 + i);
        file.Structure(i, atoms: 80);
        int reflections = file._random.Next(30_000, 130_000);
        if (asText)
            file.ReflectionText(reflections);
        else
            file.ReflectionLoop(reflections);
        return file.ToBytes();
    })];

    private byte[] ToBytes() => Encoding.ASCII.GetBytes(_text.ToString());

    private void Structure(int number, int atoms)
    {
        Line($"#{new string('-', 78)}");
        Line($"# Entry {7_000_000 + number}, made for a benchmark; no such crystal exists.");
        Line($"#{new string('-', 78)}");
        Line($"data_{7_000_000 + number}");
        Lines("loop_", "_publ_author_name", "'Author, A. B.'", "'Writer, C.'", "\"O'Neill, D.\"", "_publ_section_title", ";",
            " Synthesis and structure of a compound that was made by a random number generator", ";",
            "_journal_name_full 'Journal of Made-up Crystals'", "_journal_year 2020", "_journal_page_first 1",
            "_chemical_name_systematic ?",
            "_chemical_formula_sum 'C24 H20 Cu N4 O6'", "_chemical_formula_weight 523.98", "_space_group_IT_number 14",
            "_symmetry_space_group_name_Hall '-P 2ybc'", "_symmetry_space_group_name_H-M 'P 1 21/c 1'",
            "_audit_creation_method SHELXL-2018/3",
            "_cell_angle_alpha 90", "_cell_angle_beta 101.234(2)", "_cell_angle_gamma 90", "_cell_formula_units_Z 4",
            "_cell_length_a 12.3456(5)", "_cell_length_b 8.7654(4)", "_cell_length_c 21.0987(9)", "_cell_measurement_temperature 293(2)",
            "_cell_volume 2239.6(2)", "_diffrn_radiation_type MoK\\a", "_diffrn_radiation_wavelength 0.71073",
            "_refine_ls_R_factor_gt 0.0412");
        Lines("loop_", "_symmetry_equiv_pos_as_xyz", "'x, y, z'", "'-x, y+1/2, -z+1/2'", "'-x, -y, -z'", "'x, -y-1/2, z-1/2'");
        Loop("_atom_site_", "label type_symbol fract_x fract_y fract_z U_iso_or_equiv adp_type occupancy calc_flag", atoms,
            i => $"C{i} C {Value(0, 1, 5)} {Value(0, 1, 5)} {Value(0, 1, 5)} {Value(0.01, 0.1, 4)} Uani 1 d");
        Loop("_atom_site_aniso_", "label U_11 U_22 U_33 U_12 U_13 U_23", atoms,
            i => $"C{i} {Value(0.01, 0.1, 4)} {Value(0.01, 0.1, 4)} {Value(0.01, 0.1, 4)} {Value(-0.02, 0.02, 4)} {Value(-0.02, 0.02, 4)} "
            + $"{Value(-0.02, 0.02, 4)}");
        Loop("_geom_bond_", "atom_site_label_1 atom_site_label_2 distance site_symmetry_2 publ_flag", 2 * atoms,
            i => $"C{i % atoms} C{i * 7 % atoms} {Value(1.2, 2.5, 3)} {(i % 9 == 0 ? "3_655" : ".")} ?");
        Loop("_geom_angle_", "atom_site_label_1 atom_site_label_2 atom_site_label_3 angle site_symmetry_1 site_symmetry_3 publ_flag",
            4 * atoms,
            i => $"C{i % atoms} C{i * 7 % atoms} C{i * 5 % atoms} {Value(90, 179, 2)} . {(i % 9 == 0 ? "3_655" : ".")} ?");
        Loop("_geom_torsion_",
            "atom_site_label_1 atom_site_label_2 atom_site_label_3 atom_site_label_4 torsion site_symmetry_1 site_symmetry_2 "
            + "site_symmetry_3 site_symmetry_4 publ_flag",
            3 * atoms, i => $"C{i % atoms} C{i * 7 % atoms} C{i * 5 % atoms} C{i * 3 % atoms} {Value(-179, 179, 1)} . . . . ?");
    }

    private void ReflectionLoop(int count) => Loop("_refln_",
        "index_h index_k index_l F_squared_calc F_squared_meas F_squared_sigma observed_status", count, i =>
        {
            double calculated = Intensity();
            return string.Create(CultureInfo.InvariantCulture,
                $"{H(i),4}{K(i),4}{L(i),4}{calculated,12:0.00}{calculated * (0.9 + 0.2 * _random.NextDouble()),12:0.00}"
                + $"{0.2 + 0.02 * calculated,12:0.00} {(calculated > 1 ? 'o' : '<')}");
        });

    // SHELX: format 3I4, 2F8.2, I4.
    private void ReflectionText(int count)
    {
        Lines("_shelx_hkl_file", ";");
        for (int i = 0; i < count; i++)
        {
            double intensity = Intensity();
            Line(FormattableString.Invariant($"{H(i),4}{K(i),4}{L(i),4}{intensity,8:0.00}{0.2 + 0.02 * intensity,8:0.00}{1,4}"));
        }

        Lines("   0   0   0    0.00    0.00   0", ";");
    }

    private static int H(int i) => i % 31 - 15;

    private static int K(int i) => i / 31 % 21;

    private static int L(int i) => i / 651 % 60;

    private double Intensity() => -200 * Math.Log(1 - _random.NextDouble());

    private void Loop(string category, string names, int rows, Func<int, string> row)
    {
        Line("loop_");
        foreach (string name in names.Split(' '))
            Line(category + name);
        for (int i = 0; i < rows; i++)
            Line(row(i));
    }

    private string Value(double low, double high, int decimals)
    {
        double value = low + (high - low) * _random.NextDouble();
        return $"{value.ToString("F" + decimals, CultureInfo.InvariantCulture)}({_random.Next(1, 20)})";
    }

    private void Line(string line) => _text.Append(line).Append('\n');

    private void Lines(params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines)
            Line(line);
    }
}
