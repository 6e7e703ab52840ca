using CrystalHpc.BondValence.Fit;

namespace CrystalHpc.Tests.BondValence.Fit;

/// <summary>The law itself.</summary>
public class BondValenceModelTests
{
    // r0 - r = -0.37 = -B: one softness longer than r0 is 1/e of a valence unit. Were only r divided, or the exponential, it would be another number.
    [Test]
    public void The_whole_difference_is_divided_by_the_softness()
    {
        Assert.That(BondValenceModel.Valence(2.0, 1.63, 0.37), Is.EqualTo(Math.Exp(-1)).Within(1e-14));
        Assert.That(BondValenceModel.Valence(2.0, 1.63, 0.37), Is.Not.EqualTo(Math.Exp(1.63 - 2.0) / 0.37).Within(0.1));
        Assert.That(BondValenceModel.Valence(2.0, 1.63, 0.37), Is.Not.EqualTo(Math.Exp(1.63 - 2.0 / 0.37)).Within(0.1));
    }

    [Test]
    public void A_bond_of_length_r0_has_one_valence_unit_for_any_softness([Values(0.2, 0.37, 0.9)] double softness)
    {
        Assert.That(BondValenceModel.Valence(1.7, 1.7, softness), Is.EqualTo(1));
    }

    // Brown and Altermatt 1985: Si4+ O2- has r0 = 1.624 Å, B = 0.37 Å; four bonds of 1.62 Å in quartz add up to about 4.
    [Test]
    public void Silicon_in_quartz_has_valence_four()
    {
        Assert.That(4 * BondValenceModel.Valence(1.61, 1.624, 0.37), Is.EqualTo(4.154).Within(0.001));
    }

    [Test]
    public void Length_is_the_inverse_of_valence([Values(0.05, 0.5, 1, 2)] double valence)
    {
        double length = BondValenceModel.Length(valence, 1.9, 0.4);
        Assert.That(BondValenceModel.Valence(length, 1.9, 0.4), Is.EqualTo(valence).Within(1e-13));
    }
}
