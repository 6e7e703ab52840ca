using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Tests.Core.Neighbors;

namespace CrystalHpc.Tests.BondValence.Equations;

/// <summary>Sums at anions: the bonds of the cations, counted at the other end.</summary>
public class AnionEquationBuilderTests
{
    private static readonly CrystalNN Definition = new(CrystalNNOptions.Default with { OppositeChargesOnly = true });

    private static (IReadOnlyList<SiteEquation> Cations, IReadOnlyList<SiteEquation> Anions, List<Finding> Findings) Build(
        CrystalStructure crystal, IReadOnlyList<CoordinationShell>? given = null)
    {
        List<Finding> findings = [];
        IReadOnlyList<CoordinationShell> shells = given ?? [.. Enumerable.Range(0, crystal.Sites.Count)
            .Select(site => Definition.Find(crystal, crystal.FirstAtom(site)))];
        IReadOnlyList<SiteEquation> cations = EquationBuilder.Build(crystal, shells, "1000041", "g1", findings);
        return (cations, AnionEquationBuilder.Build(crystal, shells, cations, findings), findings);
    }

    private static AtomSite Site(string label, string element, double? charge, double x, double y, double z) => new()
    {
        Label = label, Element = Element.Of(element), Charge = charge, Position = new Fractional(x, y, z),
    };

    // Rock salt with one site each and the sum formula, so that symmetry makes the copies.
    private static CrystalStructure Salt(string formula, params AtomSite[] more)
    {
        SymmetryOperation[] centring = [.. new[] { (0.0, 0.0, 0.0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0) }
            .Select(t => SymmetryOperation.Identity with { T1 = t.Item1, T2 = t.Item2, T3 = t.Item3 })];
        return CrystalStructure.Expand(
            TestCrystals.Cubic(5.64), centring, [Site("Na1", "Na", 1, 0, 0, 0), Site("Cl1", "Cl", -1, 0.5, 0.5, 0.5), .. more],
            new StructureMetadata { FormulaSum = formula });
    }

    private static CrystalStructure WithFormula(CrystalStructure crystal, string formula) =>
        CrystalStructure.Expand(crystal.Cell, crystal.Operations, crystal.Sites, new StructureMetadata { FormulaSum = formula });

    // Rutile: titanium has six oxygen atoms, oxygen three titanium atoms, two at the shorter and one at the longer distance.
    [Test]
    public void Oxygen_in_rutile_has_three_bonds()
    {
        (IReadOnlyList<SiteEquation> cations, IReadOnlyList<SiteEquation> anions, _) = Build(WithFormula(TestCrystals.Rutile, "O2 Ti"));
        double longer = cations[0].Bonds[^1].DistanceAngstrom, shorter = cations[0].Bonds[0].DistanceAngstrom;
        Assert.That(anions, Has.Count.EqualTo(4));
        foreach (SiteEquation oxygen in anions)
        {
            Assert.That((oxygen.Center.ToString(), oxygen.IsCation, oxygen.IsComplete), Is.EqualTo(("O2-", false, true)));
            Assert.That(oxygen.Bonds.Select(bond => bond.DistanceAngstrom), Is.EqualTo(new[] { shorter, shorter, longer }).Within(1e-9));
            Assert.That(oxygen.Bonds.Select(bond => bond.Neighbor.ToString()), Is.All.EqualTo("Ti4+"));
            Assert.That(oxygen.KeyOf(oxygen.Bonds[0]), Is.EqualTo(cations[0].KeyOf(cations[0].Bonds[0])), "both ends name the bond alike");
        }
    }

    // Fluorite as Ca on one site (4 atoms) and F on another (8): 8 bonds of 4 atoms are 4 bonds of 8.
    [Test]
    public void Multiplicities_turn_counts_of_cations_into_counts_of_anions()
    {
        SymmetryOperation[] operations = [.. from t in new[] { (0.0, 0.0, 0.0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0) }
                                             from sign in new[] { 1, -1 }
                                             select SymmetryOperation.Identity with { W11 = sign, W22 = sign, W33 = sign, T1 = t.Item1,
                                                 T2 = t.Item2, T3 = t.Item3 }];
        CrystalStructure fluorite = CrystalStructure.Expand(
            TestCrystals.Cubic(5.463), operations, [Site("Ca1", "Ca", 2, 0, 0, 0), Site("F1", "F", -1, 0.25, 0.25, 0.25)],
            new StructureMetadata { FormulaSum = "Ca F2" });
        (IReadOnlyList<SiteEquation> cations, IReadOnlyList<SiteEquation> anions, _) = Build(fluorite);
        Assert.That((cations.Single().Bonds.Count, cations.Single().Multiplicity), Is.EqualTo((8, 4)));
        Assert.That((anions.Single().Bonds.Count, anions.Single().Multiplicity), Is.EqualTo((4, 8)));
        Assert.That(anions.Single().Bonds[0].DistanceAngstrom, Is.EqualTo(5.463 * Math.Sqrt(3) / 4).Within(1e-9));
    }

    // Each bond has two ends, so the bonds of all cations of the cell are those of all anions; lengths and kinds too.
    [Test]
    public void Both_sides_count_every_bond_of_the_cell_once()
    {
        foreach (CrystalStructure crystal in new[] { TestCrystals.Rutile, TestCrystals.Perovskite, TestCrystals.Wurtzite,
            TestCrystals.Fluorite, Salt("Na Cl") })
        {
            (IReadOnlyList<SiteEquation> cations, IReadOnlyList<SiteEquation> anions, _) = Build(crystal);
            Assert.That(Ends(anions), Is.EqualTo(Ends(cations)));
        }

        static (BondKey, double)[] Ends(IEnumerable<SiteEquation> equations) => [.. equations
            .SelectMany(equation => Enumerable.Repeat(equation, equation.Multiplicity))
            .SelectMany(equation => equation.Bonds.Select(bond => (equation.KeyOf(bond), Math.Round(bond.DistanceAngstrom, 6)))).Order()];
    }

    [TestCase("Na Cl", true)]
    [TestCase("Na Cl H", false)]
    [TestCase("", false)]
    public void An_anion_is_complete_when_the_sum_formula_says_that_nothing_is_missing(string formula, bool expected) =>
        Assert.That(Build(Salt(formula)).Anions.Single().IsComplete, Is.EqualTo(expected));

    [Test]
    public void A_cation_without_equation_leaves_the_anions_incomplete()
    {
        // The shell of strontium is missing.
        CrystalStructure perovskite = WithFormula(TestCrystals.Perovskite, "O3 Sr Ti");
        (_, IReadOnlyList<SiteEquation> anions, _) = Build(perovskite, [Definition.Find(perovskite, 1)]);
        Assert.That(anions, Has.Count.EqualTo(3));
        Assert.That(anions.Select(anion => anion.IsComplete), Is.All.False);
        Assert.That(Build(perovskite).Anions.Select(anion => anion.IsComplete), Is.All.True);
    }

    [Test]
    public void An_anion_that_no_cation_binds_gives_a_finding()
    {
        CoordinationShell titanium = new(1, [new CoordinationBond(2, default, new Cartesian(1.95, 0, 0), 1.95, 1)]);
        (_, IReadOnlyList<SiteEquation> anions, List<Finding> findings) = Build(TestCrystals.Perovskite, [titanium]);
        Assert.That(anions.Single().SiteIndex, Is.EqualTo(2));
        Assert.That(findings.Count(finding => finding.Code == EquationFindings.NoCationNeighbors), Is.EqualTo(2));
    }

    // One of the four bonds of a cation to the twice as frequent anion cannot be half a bond.
    [Test]
    public void Shells_that_lack_the_symmetry_give_a_finding_and_no_complete_equation()
    {
        CrystalStructure crystal = CrystalStructure.Expand(
            TestCrystals.Cubic(4), [SymmetryOperation.Identity, SymmetryOperation.Identity with { W11 = -1, W22 = -1, W33 = -1 }],
            [Site("Ti1", "Ti", 4, 0, 0, 0), Site("O1", "O", -2, 0.3, 0.3, 0)], new StructureMetadata { FormulaSum = "O2 Ti" });
        CoordinationShell lopsided = new(0, [new CoordinationBond(1, default, new Cartesian(1.2, 1.2, 0), 1.697, 1)]);
        (_, IReadOnlyList<SiteEquation> anions, List<Finding> findings) = Build(crystal, [lopsided]);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(new[] { EquationFindings.UnevenShells }));
        Assert.That((anions.Single().Bonds.Count, anions.Single().IsComplete), Is.EqualTo((1, false)));
    }
}
