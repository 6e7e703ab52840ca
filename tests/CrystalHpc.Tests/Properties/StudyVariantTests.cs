using CrystalHpc.Properties;
using CrystalHpc.Properties.Study;

namespace CrystalHpc.Tests.Properties;

/// <summary>Which trainings a part of the study makes.</summary>
public sealed class StudyVariantTests
{
    [TestCase("data", 6000, new[] { "312", "625", "1250", "2500", "5000" })]
    [TestCase("data", 2500, new[] { "312", "625", "1250", "2500" })]
    [TestCase("data", 1905, new[] { "312", "625", "1250", "2500" })]
    [TestCase("data", 100, new[] { "312" })]
    [TestCase("convolutions", 100, new[] { "1", "2", "3", "4" })]
    public void The_curve_over_the_amount_of_data_ends_where_all_rows_are_used(string part, int rows, string[] names) =>
        Assert.That(StudyVariant.Of(PartOf(part), rows).Select(variant => variant.Name), Is.EqualTo(names));

    private static IEnumerable<StudyVariant> PartOf(string name) =>
        Array.Find(StudyVariant.Parts, part => part.Name == name).Create(PropertyOptions.Default);
}
