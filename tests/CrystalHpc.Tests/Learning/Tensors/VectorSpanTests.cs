using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Tests.Learning.Tensors;

/// <summary>Arithmetic of spans beside its plain form, bit by bit, for lengths that fill vectors and that do not.</summary>
public sealed class VectorSpanTests
{
    [Test]
    public void Vectors_give_what_plain_loops_give([Values(0, 1, 7, 8, 16, 33, 100)] int count)
    {
        float[] left = Draw(count, 1), right = Draw(count, 2), target = Draw(count, 3);
        RequireSame(target, x => VectorSpan.Add<float>(left, x), i => target[i] + left[i]);
        RequireSame(target, x => VectorSpan.AddProduct<float>(left, right, x), i => target[i] + left[i] * right[i]);
        RequireSame(target, x => VectorSpan.Subtract<float>(left, right, x), i => left[i] - right[i]);
        RequireSame(target, x => VectorSpan.Scale(0.3f, x.AsSpan()), i => target[i] * 0.3f);
        RequireSame(target, x => VectorMath.Rectify<float>(0.01f, left, x), i => left[i] > 0 ? target[i] : 0.01f * target[i]);
        double expected = target.Sum(value => (double)value * value);
        Assert.That(VectorSpan.SumOfSquares<float>(target), Is.EqualTo(expected).Within(1e-12 * (1 + expected)));
    }

    private static void RequireSame(float[] start, Action<float[]> operation, Func<int, float> plain)
    {
        float[] values = [.. start];
        operation(values);
        Assert.That(values, Is.EqualTo(Enumerable.Range(0, start.Length).Select(plain)));
    }

    private static float[] Draw(int count, ulong item)
        => [.. GradientCheck.Draw(1, count, item).Values.ToArray().Select(value => (float)value)];
}
