using CrystalHpc.Core.Statistics;

namespace CrystalHpc.Tests.Core.Statistics;

/// <summary>The bootstrap draws what it says and its intervals hold what they promise.</summary>
public sealed class GroupBootstrapTests
{
    private static readonly StatisticsOfSums Mean = (sums, statistics) => statistics[0] = sums[1] / sums[0];

    [Test]
    public void Deviates_have_the_poisson_distribution_of_mean_one()
    {
        const int Draws = 200_000;
        int[] counts = new int[8];
        for (int i = 0; i < Draws; i++)
            counts[Math.Min(7, HashedBits.PoissonOfMeanOne(HashedBits.Of(42, (ulong)i)))]++;
        double expected = Math.Exp(-1);
        for (int k = 0; k < 6; expected /= ++k)
            Assert.That(counts[k], Is.EqualTo(Draws * expected).Within(5 * Math.Sqrt(Draws * expected)), $"{k}");
    }

    [Test]
    public void An_interval_of_the_mean_has_the_width_of_the_normal_theory()
    {
        const int Groups = 400;
        (string[] names, double[][] columns) = Sample(Groups, 1);
        ConfidenceInterval interval = new GroupBootstrap(2000, 1).Intervals(names, columns, 1, Mean)[0];
        double mean = columns.Average(column => column[1]);
        double error = Math.Sqrt(columns.Average(column => Math.Pow(column[1] - mean, 2)) / Groups);
        Assert.That(interval.High - interval.Low, Is.EqualTo(2 * 1.96 * error).Within(0.1 * error * 2 * 1.96));
        Assert.That((interval.Low + interval.High) / 2, Is.EqualTo(mean).Within(0.2 * error));
    }

    [Test]
    public void Nineteen_of_twenty_intervals_hold_the_truth()
    {
        const int Trials = 400;
        int holding = Enumerable.Range(0, Trials).Count(trial =>
        {
            (string[] names, double[][] columns) = Sample(100, trial);
            ConfidenceInterval interval = new GroupBootstrap(400, 7).Intervals(names, columns, 1, Mean)[0];
            return interval.Low <= 0.5 && interval.High >= 0.5;
        });
        Assert.That(holding / (double)Trials, Is.InRange(0.91, 0.98));
    }

    [Test]
    public void The_order_of_the_groups_does_not_matter()
    {
        // Whole numbers add up to the same sums in any order.
        string[] names = [.. Enumerable.Range(0, 30).Select(i => $"g{i}")];
        double[][] columns = [.. Enumerable.Range(0, 30).Select(i => (double[])[1, i * i % 11])];
        ConfidenceInterval forward = new GroupBootstrap(200, 3).Intervals(names, columns, 1, Mean)[0];
        ConfidenceInterval backward = new GroupBootstrap(200, 3).Intervals([.. names.Reverse()], [.. columns.Reverse()], 1, Mean)[0];
        Assert.That(backward, Is.EqualTo(forward));
        Assert.That(new GroupBootstrap(200, 4).Intervals(names, columns, 1, Mean)[0], Is.Not.EqualTo(forward), "another seed");
    }

    [Test]
    public void Few_groups_get_no_interval()
    {
        (string[] names, double[][] columns) = Sample(GroupBootstrap.MinimumGroups - 1, 1);
        Assert.That(new GroupBootstrap(100, 1).Intervals(names, columns, 1, Mean)[0], Is.EqualTo(default(ConfidenceInterval)));
    }

    [Test]
    public void Folds_are_of_equal_size_and_depend_on_the_seed_only()
    {
        string[] groups = [.. Enumerable.Range(0, 103).Select(i => $"g{i}")];
        Dictionary<string, int> folds = FoldPlan.Deal([.. groups, .. groups], 5, 1);
        Assert.That(folds.Values.GroupBy(fold => fold).Select(fold => fold.Count()), Is.EquivalentTo(new[] { 21, 21, 21, 20, 20 }));
        Assert.That(FoldPlan.Deal(groups.Reverse(), 5, 1), Is.EquivalentTo(folds));
        Assert.That(FoldPlan.Deal(groups, 5, 2), Is.Not.EquivalentTo(folds));
    }

    private static (string[] Names, double[][] Columns) Sample(int groups, int seed)
    {
        var random = new Random(seed);
        return ([.. Enumerable.Range(0, groups).Select(i => $"s{seed}g{i}")],
            [.. Enumerable.Range(0, groups).Select(_ => (double[])[1, random.NextDouble()])]);
    }
}
