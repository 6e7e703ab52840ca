using System.Text;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.Symmetry;

/// <summary>A file that lists x,y,z alone and names a group: its atoms have it, are near it, or are not.</summary>
public sealed class NamedGroupCheckTests
{
    [TestCase("0.5", false)]
    [TestCase("0.505", false)]
    [TestCase("0.6", true)]
    public void A_named_group_that_the_atoms_are_not_near_is_reported(string x, bool reported)
    {
        string cif = $$"""
            data_cscl
            _cell_length_a 4.12
            _cell_length_b 4.12
            _cell_length_c 4.12
            _cell_angle_alpha 90
            _cell_angle_beta 90
            _cell_angle_gamma 90
            _symmetry_space_group_name_H-M 'P m -3 m'
            loop_
            _symmetry_equiv_pos_as_xyz
            x,y,z
            loop_
            _atom_site_label
            _atom_site_fract_x
            _atom_site_fract_y
            _atom_site_fract_z
            Cs1 0 0 0
            Cl1 {{x}} 0.5 0.5
            """;
        var finder = new SymmetryFinder();
        CrystalStructure structure = RealCorpus.FirstStructure(Encoding.ASCII.GetBytes(cif), [])!;
        CrystalSymmetry found = finder.Find(structure, SymmetryTolerance.Default)!;
        Finding? finding = NamedGroupCheck.Check(finder, structure, found);
        Assert.That(finding?.Code, reported ? Is.EqualTo(CrystalFindings.SymmetryNotOfAtoms) : Is.Null);
        if (reported)
            Assert.That(finding!.Value.Message, Is.EqualTo("the atoms have P4mm (99), the file names Pm-3m (221)"));
    }
}
