using CrystalHpc.BondValence.Fit;

namespace CrystalHpc.Tests.BondValence.Fit.Laws;

/// <summary>The law itself.</summary>
public class BondLawTests
{
    // r0 - r = -0.37 = -B: one softness longer than r0 is 1/e of a valence unit. Were only r divided, or the exponential, it would be
    // another number.
    [Test]
    public void The_whole_difference_is_divided_by_the_softness()
    {
        Assert.That(ExponentialLaw.Instance.Valence(2.0, 1.63, 0.37), Is.EqualTo(Math.Exp(-1)).Within(1e-14));
        Assert.That(ExponentialLaw.Instance.Valence(2.0, 1.63, 0.37), Is.Not.EqualTo(Math.Exp(1.63 - 2.0) / 0.37).Within(0.1));
        Assert.That(ExponentialLaw.Instance.Valence(2.0, 1.63, 0.37), Is.Not.EqualTo(Math.Exp(1.63 - 2.0 / 0.37)).Within(0.1));
    }

    [Test]
    public void A_bond_of_length_r0_has_one_valence_unit_for_any_softness([Values(0.2, 0.37, 0.9)] double softness)
    {
        Assert.That(ExponentialLaw.Instance.Valence(1.7, 1.7, softness), Is.EqualTo(1));
    }

    // Brown and Altermatt 1985: Si4+ O2- has r0 = 1.624 Å, B = 0.37 Å; four bonds of 1.62 Å in quartz add up to about 4.
    [Test]
    public void Silicon_in_quartz_has_valence_four()
    {
        Assert.That(4 * ExponentialLaw.Instance.Valence(1.61, 1.624, 0.37), Is.EqualTo(4.154).Within(0.001));
    }

    // Brown and Shannon 1973 with N = r0/B: 1.9/0.4 = 4.75.
    [Test]
    public void The_power_law_falls_with_the_power_r0_by_B()
    {
        Assert.That(BondLaws.Of(BondLaw.Power).Valence(2.1, 1.9, 0.4), Is.EqualTo(Math.Pow(2.1 / 1.9, -4.75)).Within(1e-13));
    }

    [Test]
    public void Both_laws_fall_alike_at_r0()
    {
        foreach (BondLaw law in (BondLaw[])[BondLaw.Exponential, BondLaw.Power])
            Assert.That((1 - BondLaws.Of(law).Valence(1.9 + 1e-7, 1.9, 0.4)) / 1e-7, Is.EqualTo(1 / 0.4).Within(1e-5), law.ToString());
    }

    [Test]
    public void Length_is_the_inverse_of_valence([Values] BondLaw law, [Values(0.05, 0.5, 1, 2)] double valence)
    {
        double length = BondLaws.Of(law).Length(valence, 1.9, 0.4);
        Assert.That(BondLaws.Of(law).Valence(length, 1.9, 0.4), Is.EqualTo(valence).Within(1e-13));
    }

    // ln s = c + k f with the coefficients of the fit is the law with the parameters that it publishes.
    [Test]
    public void The_form_of_the_fit_is_the_published_one([Values] BondLaw law, [Values(1.6, 2.0, 2.6)] double distance)
    {
        IBondLaw formulas = BondLaws.Of(law);
        (double mean, double a, double g) = (2.05, -0.3, Math.Log(0.41));
        (double c, double k) = formulas.Coefficients(a, g);
        (double r0, double softness) = formulas.ToPublished(mean, a, g);
        Assert.That(Math.Exp(c + k * formulas.Feature(mean, distance)), Is.EqualTo(formulas.Valence(distance, r0, softness)).Within(1e-12));
        Assert.That(formulas.LengthOf(mean, formulas.Feature(mean, distance)), Is.EqualTo(distance).Within(1e-13));
    }

    [Test]
    public void Derivatives_of_the_published_parameters_agree_with_differences([Values] BondLaw law)
    {
        IBondLaw formulas = BondLaws.Of(law);
        const double mean = 2.05, a = -0.3, h = 1e-6;
        double g = Math.Log(0.41);
        (double r0, double softness) = formulas.ToPublished(mean, a, g);
        (double r0ByA, double r0ByG, double logByA, double logByG) = formulas.PublishedDerivatives(a, r0, softness);
        (double R0, double Softness) aUp = formulas.ToPublished(mean, a + h, g), aDown = formulas.ToPublished(mean, a - h, g);
        (double R0, double Softness) gUp = formulas.ToPublished(mean, a, g + h), gDown = formulas.ToPublished(mean, a, g - h);
        Assert.Multiple(() =>
        {
            Assert.That(r0ByA, Is.EqualTo((aUp.R0 - aDown.R0) / (2 * h)).Within(1e-8));
            Assert.That(r0ByG, Is.EqualTo((gUp.R0 - gDown.R0) / (2 * h)).Within(1e-8));
            Assert.That(logByA, Is.EqualTo(Math.Log(aUp.Softness / aDown.Softness) / (2 * h)).Within(1e-8));
            Assert.That(logByG, Is.EqualTo(Math.Log(gUp.Softness / gDown.Softness) / (2 * h)).Within(1e-8));
        });
    }
}
