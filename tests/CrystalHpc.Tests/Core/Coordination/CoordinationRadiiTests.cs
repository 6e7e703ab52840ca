using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Tests.Core.Coordination;

public class CoordinationRadiiTests
{
    // R. D. Shannon, Acta Cryst. A32 (1976) 751, table 1: crystal radii, six-coordinated.
    [TestCase("Na", 1, 1.16)]
    [TestCase("Ca", 2, 1.14)]
    [TestCase("Ti", 4, 0.745)]
    [TestCase("O", -2, 1.26)]
    [TestCase("Cl", -1, 1.67)]
    public void Ions_have_the_crystal_radii_of_Shannon(string symbol, double charge, double radius) =>
        Assert.That(CoordinationRadii.IonicRadius(Element.Of(symbol), charge), Is.EqualTo(radius).Within(1e-12));

    // Cordero et al. 2008, table 2; C sp2, the mean of low and high spin for Mn, Fe and Co, as CrystalNN has them.
    [TestCase("C", 0.73)]
    [TestCase("Mn", 1.5)]
    [TestCase("Fe", 1.42)]
    [TestCase("Co", 1.38)]
    [TestCase("Na", 1.66)]
    [TestCase("Bk", double.NaN)]
    public void Neutral_atoms_have_covalent_radii(string symbol, double radius) =>
        Assert.That(CoordinationRadii.NeutralRadius(Element.Of(symbol)), Is.EqualTo(radius));

    [Test]
    public void A_fractional_state_lies_between_its_neighbors()
    {
        // Fe2+ 0.92 and Fe3+ 0.785 (high spin, Shannon 1976); Fe3O4 has a mean state of 8/3.
        Assert.That(CoordinationRadii.IonicRadius(Element.Of("Fe"), 8 / 3.0), Is.EqualTo((0.92 + 2 * 0.785) / 3).Within(1e-12));
    }

    [Test]
    public void A_state_that_is_not_tabulated_takes_the_mean_of_its_sign()
    {
        Assert.That(CoordinationRadii.IonicRadius(Element.Of("Fe"), 5), Is.EqualTo((0.92 + 0.785) / 2).Within(1e-12));
        Assert.That(CoordinationRadii.IonicRadius(Element.Of("O"), -1), Is.EqualTo(1.26).Within(1e-12));
        Assert.That(CoordinationRadii.IonicRadius(Element.Of("O"), -12), Is.EqualTo(1.26).Within(1e-12));
        Assert.That(CoordinationRadii.IonicRadius(Element.Of("O"), 1), Is.NaN);
    }

    [Test]
    public void A_neutral_atom_takes_its_covalent_or_else_its_atomic_radius()
    {
        // B. Cordero et al., Dalton Trans. (2008) 2832: Si 1.11, Cs 2.44.
        Assert.That(CoordinationRadii.IonicRadius(Element.Of("Si"), 0), Is.EqualTo(1.11));
        Assert.That(CoordinationRadii.NeutralRadius(Element.Of("Cs")), Is.EqualTo(2.44));
        Assert.That(CoordinationRadii.NeutralRadius(Element.Of("Og")), Is.NaN);
    }
}
