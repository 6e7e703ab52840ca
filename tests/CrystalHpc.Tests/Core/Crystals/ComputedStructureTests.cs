using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>What tells a structure that was made from one that was measured.</summary>
public sealed class ComputedStructureTests
{
    private static readonly string Salt = CifText.Sites("Na1 0 0 0", "Cl1 .5 .5 .5");

    private static bool IsComputed(string items, out List<Finding> findings) => CifText.Read(items + "\n" + Salt, out findings)!.Metadata.IsTheoretical;

    [TestCase("A structural model from first-principles calculations")]
    [TestCase("Framework structures generated using simulated annealing\nwith a potential energy function")]
    [TestCase("Molecular dynamics simulations of the phase transition")]
    [TestCase("The vibrational spectrum of calcite: an ab initio\nquantum-mechanical calculation")]
    [TestCase("Chemical evaluation of hypothetical uninodal zeolites")]
    [TestCase("Interatomic potentials of oxides with GULP")]
    [TestCase("Parameterization of energy in garnets: End-member properties")]
    [TestCase("Model pyroxenes II: tetrahedral rotation")]
    [TestCase("Neutron diffraction of forsterite\nNote: DFT optimized")]
    [TestCase("X-ray diffraction of garnets\nSample: extrapolated end member")]
    [TestCase("Single-crystal study\nNote: hypothetical idealized structure")]
    [TestCase("Structure of quartz\nNote: noise added to the coordinates")]
    public void Titles_and_notes_of_computations_tell(string title)
    {
        Assert.That(IsComputed($"_publ_section_title\n;\n{title}\n;", out List<Finding> findings), Is.True);
        Assert.That(findings.Codes(), Does.Contain("metadata-computed"));
    }

    [TestCase("Ab initio structure determination from powder X-ray diffraction data")]
    [TestCase("Synthesis and ab-initio crystal structure determination of PbPt2O4")]
    [TestCase("Neutron diffraction at 23 K and ab initio molecular-orbital studies")]
    [TestCase("The polar phase of NaNbO3: powder diffraction and first-principles calculations")]
    [TestCase("Crystal structure of sibirskite by Monte Carlo simulation and Rietveld refinement")]
    [TestCase("Structure of X\nNote: calculated bond lengths do not match those reported")]
    [TestCase("Structure of X\nNote: split atom model")]
    [TestCase("A Combined Mass Spectrometric and Theoretical Study")]
    public void Measurements_beside_computations_are_measurements(string title) =>
        Assert.That(IsComputed($"_publ_section_title\n;\n{title}\n;", out _), Is.False);

    [Test]
    public void A_refinement_outweighs_the_title_but_not_a_note()
    {
        const string Refined = "_refine_ls_number_reflns 812\n_publ_section_title\n;\nA theoretical study\n";
        Assert.That(IsComputed(Refined + ";", out _), Is.False);
        Assert.That(IsComputed(Refined + "Note: theoretical\n;", out _), Is.True);
    }

    [TestCase("_chemical_compound_source 'Calculated structure'", true)]
    [TestCase("_chemical_compound_source hypothetical", true)]
    [TestCase("_chemical_compound_source Synthetic", false)]
    [TestCase("_cod_struct_determination_method theoretical", true)]
    [TestCase("_audit_creation_method 'GULP 6.0'", true)]
    [TestCase("_tcod_software_package VASP", true)]
    [TestCase("# generated using pymatgen", true)]
    [TestCase("#   A Python package for random crystal generation   #", true)]
    [TestCase("# random displacement of 0.1 added to all coordinates", true)]
    [TestCase("# This file is available in the Crystallography Open Database", false)]
    public void Origin_software_names_and_comments_tell(string line, bool computed) => Assert.That(IsComputed(line, out _), Is.EqualTo(computed));
}
