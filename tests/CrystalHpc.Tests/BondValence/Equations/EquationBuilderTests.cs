using System.Globalization;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Tests.Core.Neighbors;

namespace CrystalHpc.Tests.BondValence.Equations;

/// <summary>Equations of known crystals, what stands in their way, and what must not change them.</summary>
public class EquationBuilderTests
{
    private static IReadOnlyList<SiteEquation> Build(CrystalStructure crystal, out List<Finding> findings,
        IReadOnlyList<CoordinationShell>? shells = null)
    {
        findings = [];
        return EquationBuilder.Build(crystal, shells ?? Shells(crystal), "1000041", "g1", findings);
    }

    private static IReadOnlyList<SiteEquation> Build(CrystalStructure crystal) => Build(crystal, out _);

    private static CoordinationShell[] Shells(CrystalStructure crystal)
    {
        CrystalNN crystalNN = new(CrystalNNOptions.Default with { OppositeChargesOnly = true });
        return [.. Enumerable.Range(0, crystal.Sites.Count).Where(site => crystal.Sites[site].Charge > 0)
            .Select(site => crystalNN.Find(crystal, crystal.FirstAtom(site)))];
    }

    private static CoordinationShell ShellOf(int center, params (int Atom, double Distance)[] bonds) =>
        new(center, [.. bonds.Select(bond => new CoordinationBond(bond.Atom, default, new Cartesian(bond.Distance, 0, 0), bond.Distance,
            1))]);

    // What an equation says, without where it comes from, lengths to 1e-7 Å.
    private static string Say(SiteEquation equation) => equation.Center + ": " + string.Join(' ', equation.Bonds
        .Select(bond => (Text: bond.DistanceAngstrom.ToString("f7", CultureInfo.InvariantCulture), bond.Neighbor)).Order()
        .Select(bond => $"{bond.Neighbor} {bond.Text}"));

    private static string[] Say(IEnumerable<SiteEquation> equations) => [.. equations.Select(Say).Distinct().Order(StringComparer.Ordinal)];

    [Test]
    public void Rutile_gives_titanium_six_bonds_to_oxygen()
    {
        SiteEquation titanium = Build(TestCrystals.Rutile)[0];
        Assert.That(titanium.Center.ToString(), Is.EqualTo("Ti4+"));
        Assert.That(titanium.Bonds.Select(bond => bond.Neighbor.ToString()), Is.EqualTo(Enumerable.Repeat("O2-", 6)));

        // Two kinds: 0.305 a sqrt 2 along the diagonal, and sqrt(2 (0.195 a)^2 + c^2/4).
        double axial = 0.305 * 4.594 * Math.Sqrt(2), equatorial = Math.Sqrt(2 * Math.Pow(0.195 * 4.594, 2) + 2.959 * 2.959 / 4);
        Assert.That(titanium.Bonds.Select(bond => bond.DistanceAngstrom),
            Is.EqualTo(new[] { equatorial, equatorial, equatorial, equatorial, axial, axial }).Within(1e-9));
        Assert.That((titanium.StructureId, titanium.GroupId, titanium.SiteIndex, titanium.SiteLabel),
            Is.EqualTo(("1000041", "g1", 0, "Ti1")));
    }

    [Test]
    public void One_equation_stands_for_all_copies_of_a_site()
    {
        SymmetryOperation[] centring = [.. new[] { (0.0, 0.0, 0.0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0) }
            .Select(t => SymmetryOperation.Identity with { T1 = t.Item1, T2 = t.Item2, T3 = t.Item3 })];
        CrystalStructure salt = CrystalStructure.Expand(TestCrystals.Cubic(5.64), centring,
        [
            new AtomSite { Label = "Na1", Element = Element.Of("Na"), Charge = 1, Position = new Fractional(0, 0, 0) },
            new AtomSite { Label = "Cl1", Element = Element.Of("Cl"), Charge = -1, Position = new Fractional(0.5, 0.5, 0.5) },
        ]);
        SiteEquation sodium = Build(salt).Single();
        Assert.That(sodium.Multiplicity, Is.EqualTo(4));
        Assert.That(sodium.Bonds.Select(bond => bond.DistanceAngstrom), Is.EqualTo(Enumerable.Repeat(2.82, 6)).Within(1e-9));
    }

    private static IEnumerable<CrystalStructure> Crystals
        => [TestCrystals.Rutile, TestCrystals.Perovskite, TestCrystals.Wurtzite, TestCrystals.Fluorite, TestCrystals.RockSalt];

    [TestCaseSource(nameof(Crystals))]
    public void The_origin_does_not_matter(CrystalStructure crystal)
    {
        CrystalStructure moved = TestCrystals.Of(crystal.Cell, [.. Enumerable.Range(0, crystal.AtomCount).Select(atom =>
            (crystal.SiteAt(atom).Element.Symbol, crystal.SiteAt(atom).Charge, crystal.Positions[atom].X + 0.137,
                crystal.Positions[atom].Y - 0.411, crystal.Positions[atom].Z + 0.77))]);
        Assert.That(Say(Build(moved)), Is.EqualTo(Say(Build(crystal))));
    }

    [TestCaseSource(nameof(Crystals))]
    public void The_names_of_the_axes_do_not_matter(CrystalStructure crystal)
    {
        UnitCell c = crystal.Cell;
        CrystalStructure turned = TestCrystals.Of(new UnitCell(c.C, c.A, c.B, c.Gamma, c.Alpha, c.Beta),
            [.. Enumerable.Range(0, crystal.AtomCount).Select(atom =>
            (crystal.SiteAt(atom).Element.Symbol, crystal.SiteAt(atom).Charge, crystal.Positions[atom].Z, crystal.Positions[atom].X,
                crystal.Positions[atom].Y))]);
        Assert.That(Say(Build(turned)), Is.EqualTo(Say(Build(crystal))));
    }

    [TestCaseSource(nameof(Crystals))]
    public void A_supercell_has_the_same_equations(CrystalStructure crystal)
    {
        IReadOnlyList<SiteEquation> large = Build(TestCrystals.Supercell(crystal, 2, 1, 2));
        Assert.That(Say(large), Is.EqualTo(Say(Build(crystal))));
        Assert.That(large, Has.Count.EqualTo(4 * Build(crystal).Count));
    }

    [TestCaseSource(nameof(Crystals))]
    public void The_order_of_sites_does_not_matter(CrystalStructure crystal)
    {
        CrystalStructure reversed = TestCrystals.Of(crystal.Cell, [.. Enumerable.Range(0, crystal.AtomCount).Reverse().Select(atom =>
            (crystal.SiteAt(atom).Element.Symbol, crystal.SiteAt(atom).Charge, crystal.Positions[atom].X, crystal.Positions[atom].Y,
                crystal.Positions[atom].Z))]);
        Assert.That(Say(Build(reversed)), Is.EqualTo(Say(Build(crystal))));
    }

    [Test]
    public void Only_bonds_to_anions_count_and_they_come_sorted()
    {
        CrystalStructure crystal = TestCrystals.Perovskite;
        IReadOnlyList<SiteEquation> equations = Build(crystal, out _, [ShellOf(0, (4, 2.9), (1, 2.5), (2, 2.7)), ShellOf(1, (2, 1.95))]);
        Assert.That(equations[0].Bonds.Select(bond => bond.DistanceAngstrom), Is.EqualTo(new[] { 2.7, 2.9 }));
    }

    [Test]
    public void A_cation_without_anions_gives_a_finding_and_no_equation()
    {
        IReadOnlyList<SiteEquation> equations = Build(TestCrystals.Perovskite, out List<Finding> findings,
            [ShellOf(0, (1, 2.5)), ShellOf(1, (2, 1.95))]);
        Assert.That(equations.Select(equation => equation.SiteLabel), Is.EqualTo(new[] { "Ti2" }));
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(new[] { EquationFindings.NoAnionNeighbors }));
        Assert.That(findings[0].Message, Does.Contain("Sr1"));
    }

    [Test]
    public void A_cation_without_shell_gives_a_finding()
    {
        Build(TestCrystals.Perovskite, out List<Finding> findings, [ShellOf(1, (2, 1.95))]);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(new[] { EquationFindings.NoShell }));
    }

    [TestCase(2.5, -2.0, "equation-fractional-charge")]
    [TestCase(2.0, -1.5, "equation-fractional-charge")]
    [TestCase(2.0, null, "equation-unknown-charge")]
    [TestCase(2.0, 0.0, "equation-no-anion-neighbors")]
    [TestCase(2.0, -2.0, null)]
    [TestCase(2.0000000001, -2.0, null)]
    [TestCase(0.0, -2.0, null)]
    [TestCase(null, -2.0, null)]
    public void Oxidation_states_must_be_known_whole_numbers(double? center, double? neighbor, string? expected)
    {
        CrystalStructure crystal = TestCrystals.Of(TestCrystals.Cubic(4), ("Mn", center, 0, 0, 0), ("O", neighbor, 0.5, 0, 0));
        IReadOnlyList<SiteEquation> equations = Build(crystal, out List<Finding> findings, [ShellOf(0, (1, 2.0))]);
        Assert.That(findings.Select(finding => finding.Code.Name), Is.EqualTo(expected is null ? [] : new[] { expected }));
        Assert.That(equations, Has.Count.EqualTo(expected is null && center > 0 ? 1 : 0));
    }

    [TestCase(0.9, 1.0)]
    [TestCase(1.0, 0.5)]
    public void Partly_occupied_sites_give_a_finding_and_no_equation(double center, double neighbor)
    {
        CrystalStructure crystal = CrystalStructure.Expand(TestCrystals.Cubic(4), [SymmetryOperation.Identity],
        [
            new AtomSite { Label = "Mn1", Element = Element.Of("Mn"), Charge = 2, Position = new Fractional(0, 0, 0), Occupancy = center,
            Line = 12 },
            new AtomSite { Label = "O1", Element = Element.Of("O"), Charge = -2, Position = new Fractional(0.5, 0, 0),
            Occupancy = neighbor },
        ]);
        Assert.That(Build(crystal, out List<Finding> findings, [ShellOf(0, (1, 2.0))]), Is.Empty);
        Assert.That(findings.Select(finding => (finding.Code, finding.Line)),
            Is.EqualTo(new[] { (EquationFindings.PartialOccupancy, 12) }));
    }
}
