using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Which structures count as redeterminations of one another.</summary>
public sealed class RedeterminationGroupTests
{
    [Test]
    public void The_setting_of_the_cell_and_the_name_of_the_space_group_do_not_matter()
    {
        string sites = CifText.SiteTags + "Na1 0 0 0\nCl1 .5 0 0\n";
        string centered = CifText.CubicCell + "loop_\n_space_group_symop_operation_xyz\nx,y,z\n-x,-y,-z\nx+1/2,y+1/2,z\n-x+1/2,-y+1/2,-z\n" + sites;
        string primitive = "_space_group_name_H-M_alt 'A -1'\n" + CifText.CubicCell.Replace("_a 4", "_a 2")
            + "loop_\n_space_group_symop_operation_xyz\nx,y,z\n-x,-y,-z\n" + CifText.SiteTags + "Na1 0 0 0\nCl1 0 0 .5\n";
        Assert.That(IdOf(centered), Is.EqualTo(IdOf(primitive)));
    }

    [Test]
    public void Buckets_next_to_one_another_are_joined_and_others_are_not()
    {
        var structures = new Dictionary<string, int> { ["NaCl|1|2|9"] = 1, ["NaCl|1|2|10"] = 2, ["NaCl|1|2|12"] = 4, ["NaCl|-1+1|2|11"] = 8 };
        Assert.That(RedeterminationGroup.Join(structures).Select(row => (row.Id, row.Structures, row.JoinedId)), Is.EqualTo(new[]
        {
            ("NaCl|-1+1|2|11", 8, "NaCl|-1+1|2|11"),
            ("NaCl|1|2|10", 3, "NaCl|1|2|9"),
            ("NaCl|1|2|12", 4, "NaCl|1|2|12"),
            ("NaCl|1|2|9", 3, "NaCl|1|2|9"),
        }));
    }

    private static string IdOf(string text) => RedeterminationGroup.IdOf(CifText.Read(text), volumePercent: 3);
}
