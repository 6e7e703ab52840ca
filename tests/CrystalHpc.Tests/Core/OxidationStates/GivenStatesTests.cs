using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.OxidationStates;

/// <summary>States that the user gives win; the others follow.</summary>
public sealed class GivenStatesTests
{
    private const string Tags =
        "loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n";

    // Two iron atoms and two oxygen atoms: FeO, or Fe(I) beside Fe(III).
    private static readonly string Wustite = CifText.CubicCell + CifText.Identity + "_chemical_formula_sum 'Fe2 O2'\n" + Tags
        + "Fe1 Fe 0 0 0\nFe2 Fe .5 .5 0\nO1 O .5 0 0\nO2 O 0 .5 0\n";

    private static OxidationResult Resolve(string text, out List<Finding> findings, params GivenState[] given)
    {
        findings = [];
        return OxidationResolver.Resolve(CifText.Read(text), OxidationOptions.Default, given, findings);
    }

    private static double?[] States(OxidationResult result) => [.. result.Structure.Sites.Select(site => site.Charge)];

    [Test]
    public void A_given_state_wins_over_the_charge_balance_and_the_rest_of_the_cell_follows()
    {
        Assert.That(States(Resolve(Wustite, out _)), Is.EqualTo(new double?[] { 2, 2, -2, -2 }));
        OxidationResult result = Resolve(Wustite, out _, new GivenState("Fe1", 2));
        Assert.That(result.Source, Is.EqualTo(OxidationSource.Given));
        Assert.That(States(result), Is.EqualTo(new double?[] { 2, 2, -2, -2 }));
    }

    [Test]
    public void A_label_comes_before_an_element_in_any_order()
    {
        foreach (GivenState[] given in new GivenState[][] { [new("Fe", 1), new("Fe2", 3), new("O", -2)],
            [new("Fe2", 3), new("O", -2), new("Fe", 1)] })
            Assert.That(States(Resolve(Wustite, out _, given)), Is.EqualTo(new double?[] { 1, 3, -2, -2 }));
    }

    [Test]
    public void States_of_the_file_fill_in_what_the_user_leaves_out()
    {
        OxidationResult result = Resolve(Wustite.Replace(" O ", " O2- ", StringComparison.Ordinal), out List<Finding> findings,
            new GivenState("Fe", 2));
        Assert.That(States(result), Is.EqualTo(new double?[] { 2, 2, -2, -2 }));
        Assert.That(findings, Is.Empty);
        Assert.That(result.Confidence, Is.EqualTo(1));
    }

    [Test]
    public void States_that_are_not_neutral_are_used_with_a_warning()
    {
        OxidationResult result = Resolve(Wustite, out List<Finding> findings, new GivenState("Fe", 3), new GivenState("O", -2));
        Assert.That(States(result), Is.EqualTo(new double?[] { 3, 3, -2, -2 }));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-given-not-neutral" }));
        Assert.That(findings[0].Message, Is.EqualTo("net charge +2 e in the cell"));
    }

    [Test]
    public void A_state_for_a_site_that_is_not_there_is_told()
    {
        OxidationResult result = Resolve(Wustite, out List<Finding> findings, new GivenState("Fe9", 3));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-given-unused" }));
        Assert.That(result.Source, Is.EqualTo(OxidationSource.Assigned));
    }

    // Two argon atoms beside iron: no common state makes that neutral.
    [Test]
    public void Where_nothing_tells_the_other_states_there_are_none()
    {
        string argon = CifText.CubicCell + CifText.Identity + Tags + "Fe1 Fe 0 0 0\nAr1 Ar .5 .5 .5\n";
        OxidationResult result = Resolve(argon, out List<Finding> findings, new GivenState("Fe1", 3));
        Assert.That(result.Source, Is.EqualTo(OxidationSource.None));
        Assert.That(States(result), Is.All.Null);
        Assert.That(findings.Codes(), Does.Contain("oxidation-given-incomplete"));
    }

    [Test]
    public void Given_states_hold_where_the_section_of_states_is_off()
    {
        var findings = new List<Finding>();
        OxidationResult result = OxidationResolver.Resolve(CifText.Read(Wustite), null, [new("Fe", 2), new("O", -2)], findings);
        Assert.That(result.Source, Is.EqualTo(OxidationSource.Given));
        Assert.That(findings, Is.Empty);
        Assert.That(OxidationResolver.Resolve(CifText.Read(Wustite), null, [], findings).Source, Is.EqualTo(OxidationSource.None));
    }
}
