using CrystalHpc.Learning.Formulas;

namespace CrystalHpc.Tests.Learning.Formulas;

/// <summary>The split of tables.</summary>
public sealed class FormulaSplitTests
{
    [TestCase("SrTiO3", 0)]
    [TestCase("NaCl", 0)]
    [TestCase("TiO2", 1)]
    [TestCase("Fe2O3", 4)]
    [TestCase("CaCO3", 4)]
    [TestCase("Al2O3", 5)]
    [TestCase("LiFePO4", 6)]
    [TestCase("Li2O2", 7)]
    [TestCase("tio2-aenet-1000:0", 4)]
    [TestCase("tio2-aenet-1000:7", 0)]
    public void Keys_have_the_digits_of_the_published_rule(string key, int digit)
        => Assert.That(FormulaSplit.DigitOf(key), Is.EqualTo(digit));

    [Test]
    public void Zero_is_test_one_validation_the_rest_training()
    {
        Assert.That(FormulaSplit.PartOf("NaCl"), Is.EqualTo(SplitPart.Test));
        Assert.That(FormulaSplit.PartOf("TiO2"), Is.EqualTo(SplitPart.Validation));
        Assert.That(FormulaSplit.PartOf("Al2O3"), Is.EqualTo(SplitPart.Training));
    }
}
