using System.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Tests.Learning.Tensors;

/// <summary>Functions of many values against those of the platform, and against what is known of them.</summary>
public sealed class VectorMathTests
{
    private static readonly double[] Arguments =
        [.. Enumerable.Range(-400, 801).Select(i => i / 20.0), 0, -0.0, 1e-12, -1e-12, 1e-5, -3e-4, 0.3465, 0.3466, -0.3466];

    private delegate void Function<T>(Span<T> values);

    [Test]
    public void Exponentials_agree_with_the_platform()
    {
        AssertClose<double>(VectorMath.Exp, Math.Exp, 4e-16);
        AssertClose<float>(VectorMath.Exp, Math.Exp, 2e-7);
    }

    [Test]
    public void Sigmoids_agree_with_their_formula()
    {
        AssertClose<double>(VectorMath.Sigmoid, x => 1 / (1 + Math.Exp(-x)), 6e-16);
        AssertClose<float>(VectorMath.Sigmoid, x => 1 / (1 + Math.Exp(-x)), 3e-7);
    }

    [Test]
    public void Hyperbolic_tangents_agree_with_the_platform_near_zero_too()
    {
        AssertClose<double>(VectorMath.Tanh, Math.Tanh, 8e-16);
        AssertClose<float>(VectorMath.Tanh, Math.Tanh, 4e-7);
    }

    [Test]
    public void Softplus_agrees_with_its_formula()
    {
        // ln(1 + e) = 2 artanh(e / (2 + e)): .NET's LogP1 loses the digits of small arguments.
        static double Formula(double x)
        {
            double e = Math.Exp(-Math.Abs(x));
            return Math.Max(x, 0) + 2 * Math.Atanh(e / (2 + e));
        }

        AssertClose<double>(VectorMath.Softplus, Formula, 1e-15);
        AssertClose<float>(VectorMath.Softplus, Formula, 3e-7);
    }

    [Test]
    public void Arguments_beyond_the_range_end_at_its_ends_and_nan_stays_nan()
    {
        double[] values = [1e9, -1e9, double.NaN];
        VectorMath.Exp<double>(values);
        Assert.Multiple(() =>
        {
            Assert.That(values[0], Is.EqualTo(Math.Exp(700)).Within(1e-13).Percent);
            Assert.That(values[1], Is.EqualTo(Math.Exp(-700)).Within(1e-13).Percent);
            Assert.That(values[2], Is.NaN);
        });
    }

    [Test]
    public void The_place_in_a_span_does_not_matter([Range(1, 20)] int length)
    {
        float[] values = [.. Enumerable.Repeat(0.37f, length)];
        VectorMath.Tanh<float>(values);
        Assert.That(values.Distinct().Count(), Is.EqualTo(1));
    }

    private static void AssertClose<T>(Function<T> function, Func<double, double> expected, double relative)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = [.. Arguments.Select(T.CreateChecked)];
        T[] arguments = [.. values];
        function(values);
        Assert.Multiple(() =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                double right = expected(double.CreateChecked(arguments[i]));
                Assert.That(double.CreateChecked(values[i]), Is.EqualTo(right).Within(relative * Math.Abs(right)), $"of {arguments[i]}");
            }
        });
    }
}
