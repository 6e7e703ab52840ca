using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Tests.BondValence.Evaluation;

/// <summary>Valence sums of a site by a table.</summary>
public sealed class BondSumTests
{
    private static readonly Species Calcium = new(Element.Of("Ca"), 2);
    private static readonly Species Oxide = new(Element.Of("O"), -2);
    private static readonly Species Fluoride = new(Element.Of("F"), -1);

    // Six bonds of 2.4 Å by Brown and Altermatt (1985): 6 exp((1.967 - 2.4)/0.37).
    [Test]
    public void Valences_of_bonds_add_up()
    {
        BondSum sum = BondSum.Of(Equation(6, Oxide), Table());
        Assert.That(sum.Valence, Is.EqualTo(6 * Math.Exp((1.967 - 2.4) / 0.37)).Within(1e-12));
        Assert.That(sum.IsDoubtful, Is.False);
    }

    [Test]
    public void A_bond_that_the_table_does_not_cover_leaves_no_sum() =>
        Assert.That(BondSum.Of(Equation(6, Fluoride), Table()).Valence, Is.NaN);

    // Each bond has a third of a valence unit: rounded before adding, nothing is left.
    [Test]
    public void Rounding_each_bond_ruins_the_sum() =>
        Assert.That(BondSum.Of(Equation(6, Oxide), Table(), roundEachBond: true).Valence, Is.Zero);

    [Test]
    public void A_table_of_another_law_is_computed_by_its_law() =>
        Assert.That(
            BondSum.Of(Equation(6, Oxide), new ParameterTable("t",
            [.. Entries.Select(entry => entry with { Law = BondLaw.MisplacedDivision })])).Valence,
            Is.EqualTo(6 * Math.Exp(1.967 - 2.4) / 0.37).Within(1e-12));

    [Test]
    public void One_doubtful_bond_makes_the_sum_doubtful()
    {
        var table = new ParameterTable("t", [.. Entries, new ParameterEntry(Element.Of("Ca"), 2, Element.Of("F"), -1, 1.842, 0.37,
            BondLaw.Exponential, IsDoubtful: true)]);
        SiteEquation mixed = Equation(1, Oxide, Fluoride);
        Assert.That(BondSum.Of(mixed, table).IsDoubtful, Is.True);
    }

    private static readonly ParameterEntry[] Entries = [new(Element.Of("Ca"), 2, Element.Of("O"), -2, 1.967, 0.37, BondLaw.Exponential)];

    private static ParameterTable Table() => new("t", Entries);

    private static SiteEquation Equation(int copies, params Species[] anions) => new()
    {
        StructureId = "s",
        SiteIndex = 0,
        SiteLabel = "Ca1",
        Center = Calcium,
        Multiplicity = 4,
        GroupId = "g",
        Bonds = [.. anions.SelectMany(anion => Enumerable.Repeat(new EquationBond(anion, 2.4), copies))],
    };
}
