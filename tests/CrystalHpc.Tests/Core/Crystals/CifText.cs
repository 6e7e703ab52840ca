using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Small CIF files for tests, made of parts that a test can replace.</summary>
internal static class CifText
{
    public const string CubicCell = """
        _cell_length_a 4
        _cell_length_b 4
        _cell_length_c 4
        _cell_angle_alpha 90
        _cell_angle_beta 90
        _cell_angle_gamma 90

        """;

    public const string Identity = """
        loop_
        _symmetry_equiv_pos_as_xyz
        x,y,z

        """;

    public const string SiteTags = """
        loop_
        _atom_site_label
        _atom_site_fract_x
        _atom_site_fract_y
        _atom_site_fract_z

        """;

    /// <summary>A cell of 4 Å in P1 with these rows of label and coordinates.</summary>
    public static string Sites(params string[] rows) => CubicCell + Identity + SiteTags + string.Join('\n', rows) + "\n";

    /// <summary>Reads the first block; the findings come back sorted by place.</summary>
    public static CrystalStructure? Read(string text, out List<Finding> findings, StructureReaderOptions? options = null)
    {
        findings = [];
        CifDocument document = CifDocument.Parse(Encoding.UTF8.GetBytes("data_test\n" + text), findings);
        return StructureReader.Read(document.Blocks[0], options ?? StructureReaderOptions.Default, findings);
    }

    /// <summary>Reads a file that must yield a structure.</summary>
    public static CrystalStructure Read(string text) =>
        Read(text, out List<Finding> findings) ?? throw new InvalidOperationException(string.Join("; ", findings));

    /// <summary>The names of the codes found, each once.</summary>
    public static string[] Codes(this IEnumerable<Finding> findings) => [.. findings.Select(finding => finding.Code.Name).Distinct()];
}
