using CrystalHpc.Core.Coordination;

namespace CrystalHpc.Tests.Core.Coordination;

public class CoordinationLikelihoodTests
{
    // Area of the unit quarter circle left of x = 1/2, over the whole: (sqrt(3)/4 + pi/6) / (pi/2).
    private static readonly double HalfShare = (Math.Sqrt(3) / 4 + Math.PI / 6) / (Math.PI / 2);

    [Test]
    public void Shares_are_areas_of_the_quarter_circle()
    {
        var shares = new double[3];
        CoordinationLikelihood.Accumulate([1, 1, 0.5], shares);
        Assert.That(shares, Is.EqualTo(new[] { 1, 1, HalfShare }).Within(1e-14));
    }

    [Test]
    public void The_strip_of_largest_area_gives_the_number()
    {
        // The strip from 1/2 up has 0.391, the one from 0 to 1/2 has 0.609.
        Assert.That(CoordinationLikelihood.LikeliestCount([1, 1, 0.5]), Is.EqualTo(3));
        Assert.That(CoordinationLikelihood.LikeliestCount([1, 1, 0.3]), Is.EqualTo(2));
        Assert.That(CoordinationLikelihood.LikeliestCount([1]), Is.EqualTo(1));
        Assert.That(CoordinationLikelihood.LikeliestCount([]), Is.Zero);
    }

    [Test]
    public void No_neighbor_at_all_is_likeliest_when_the_largest_weight_is_small()
    {
        Assert.That(CoordinationLikelihood.LikeliestCount([0.3, 0.2]), Is.Zero);
        Assert.That(CoordinationLikelihood.LikeliestCount([0.6, 0.6]), Is.EqualTo(2));
    }
}
