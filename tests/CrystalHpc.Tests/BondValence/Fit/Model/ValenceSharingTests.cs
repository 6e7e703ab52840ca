using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.BondValence.Fit;

namespace CrystalHpc.Tests.BondValence.Fit.Model;

/// <summary>What the valence sum rule says without a table of parameters.</summary>
public sealed class ValenceSharingTests
{
    [Test]
    public void Shares_add_up_to_the_oxidation_state_and_fall_by_e_in_each_softness()
    {
        double[] shares = ValenceSharing.Share(4, [1.60, 1.60 + 0.37], [3, 1]);
        Assert.That(3 * shares[0] + shares[1], Is.EqualTo(4).Within(1e-12));
        Assert.That(shares[0] / shares[1], Is.EqualTo(Math.E).Within(1e-12));
    }

    [TestCase(4.0, 4.0, 0.0)]
    [TestCase(4.0, 4.0 * Math.E, 0.37)]
    [TestCase(4.0, 4.0 / Math.E, 0.37)]
    [TestCase(4.0, 0.0, double.PositiveInfinity)]
    public void The_misfit_of_a_site_is_the_change_of_length_that_would_make_its_sum_right(double valence, double sum, double angstrom) =>
        Assert.That(SiteMisfit.Angstrom(valence, sum), Is.EqualTo(angstrom).Within(1e-12));

    [Test]
    public void The_smallest_misfit_is_over_the_tables_that_cover_the_site()
    {
        Assert.That(SiteMisfit.SmallestAngstrom(2, [double.NaN, 2 * Math.E, 2]), Is.EqualTo(0).Within(1e-12));
        Assert.That(SiteMisfit.SmallestAngstrom(2, [double.NaN]), Is.Null);
    }
}
