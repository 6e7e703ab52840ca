using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Tests.Learning.Tensors;

/// <summary>Logarithms of many values against those of the platform.</summary>
public sealed class VectorLogarithmTests
{
    [Test]
    public void Logarithms_are_good_to_a_few_units_in_the_last_place()
    {
        double[] arguments = [.. Enumerable.Range(-60, 121).Select(i => Math.Pow(1.7, i)), 1, 0.9999999, 1.0000001, 0.70710677, 0.70710679];
        double[] doubles = [.. arguments];
        float[] singles = [.. arguments.Select(x => (float)x)];
        VectorLogarithm.Log<double>(doubles);
        VectorLogarithm.Log<float>(singles);
        for (int i = 0; i < arguments.Length; i++)
        {
            Assert.That(doubles[i], Is.EqualTo(Math.Log(arguments[i])).Within(4e-16 * (1 + Math.Abs(doubles[i]))));
            Assert.That(singles[i], Is.EqualTo(MathF.Log((float)arguments[i])).Within(2e-7f * (1 + Math.Abs(singles[i]))));
        }
    }

    [Test]
    public void The_last_values_are_those_of_whole_vectors()
    {
        float[] one = [2.5f], many = [.. Enumerable.Repeat(2.5f, 33)];
        VectorLogarithm.Log<float>(one);
        VectorLogarithm.Log<float>(many);
        Assert.That(many, Is.All.EqualTo(one[0]));
    }
}
