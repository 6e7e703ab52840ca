using CrystalHpc.BondValence.Report;

namespace CrystalHpc.Tests.BondValence.Report;

/// <summary>Subsets of an evaluation in words.</summary>
public sealed class SubsetTextTests
{
    [TestCase("all", "all sites")]
    [TestCase("filtered", "without excluded sites")]
    [TestCase("all/own", "all sites that the table covers")]
    [TestCase("filtered/own", "all sites that the table covers, without excluded sites")]
    [TestCase("all/source/assigned", "states by charge balance")]
    [TestCase("all/source/given", "states given by the user")]
    [TestCase("all/cation/Ca2+", "cation Ca2+")]
    [TestCase("all/anion/O2-", "beside O2-")]
    [TestCase("all/anion/mixed", "several kinds of neighbors")]
    [TestCase("filtered/coordination/6", "6 neighbors, without excluded sites")]
    [TestCase("all/groups/5-9", "rarest bond from 5–9 groups")]
    [TestCase("all/sums-at/O2-", "sums at O2-")]
    [TestCase("all/new/kind", "all/new/kind")]
    public void A_name_is_told_in_words(string subset, string words) => Assert.That(SubsetText.Of(subset), Is.EqualTo(words));
}
