using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Tests.Learning.Tensors;

/// <summary>The fast matrix product has the bits of the plain one, whatever the shapes.</summary>
// Which library multiplies is a choice of the process.
[NonParallelizable]
public sealed class MatrixProductTests
{
    // One, edges of tiles, whole tiles, and more than a block and a panel of the summed index.
    private static readonly (int Rows, int Columns, int Depth)[] Shapes =
        [(1, 1, 1), (1, 7, 5), (8, 32, 16), (9, 33, 17), (6, 16, 256), (200, 40, 300), (31, 227, 520), (3, 2100, 4), (64, 64, 64)];

    [Test]
    public void Products_have_the_bits_of_the_plain_sum_in_double(
        [ValueSource(nameof(Shapes))] (int, int, int) shape, [Values] bool transposeA, [Values] bool transposeB,
        [Values] bool accumulate) =>
        Compare<double>(shape, transposeA, transposeB, accumulate);

    [Test]
    public void Products_have_the_bits_of_the_plain_sum_in_single(
        [ValueSource(nameof(Shapes))] (int, int, int) shape, [Values] bool transposeA, [Values] bool transposeB) =>
        Compare<float>(shape, transposeA, transposeB, accumulate: true);

    [Test]
    public void A_sum_over_nothing_is_zero()
    {
        double[] c = [1, 2, 3, 4];
        MatrixProduct.Compute<double>(2, 2, 0, [], false, [], false, c);
        Assert.That(c, Is.All.Zero);
    }

    [Test]
    public void A_matrix_that_is_too_small_is_refused() => Assert.That(
        () => MatrixProduct.Compute<double>(2, 2, 2, new double[3], false, new double[4], false, new double[4]), Throws.ArgumentException);

    [Test]
    public void Two_by_two_matrices_multiply_as_on_paper()
    {
        double[] c = new double[4];
        MatrixProduct.Compute<double>(2, 2, 2, [1, 2, 3, 4], false, [5, 6, 7, 8], false, c);
        Assert.That(c, Is.EqualTo(new double[] { 19, 22, 43, 50 }));
        MatrixProduct.Compute<double>(2, 2, 2, [1, 2, 3, 4], true, [5, 6, 7, 8], false, c);
        Assert.That(c, Is.EqualTo(new double[] { 26, 30, 38, 44 }));
    }

    [Test]
    public void A_native_library_agrees_where_one_is_installed([ValueSource(nameof(Shapes))] (int Rows, int Columns, int Depth) shape)
    {
        if (BlasLibrary.Installed is null)
        {
            Assert.That(() => MatrixProduct.Use(LinearAlgebra.Native), Throws.TypeOf<UserException>().With.Message.Contains(
                BlasLibrary.Variable));
            Assert.Ignore("no OpenBLAS, MKL or BLIS is installed");
        }

        foreach ((bool transposeA, bool transposeB, bool accumulate) in (
            (bool, bool, bool)[])[(false, false, false), (true, false, true), (false, true, true), (true, true, false)])
        {
            CompareNative<float>(shape, transposeA, transposeB, accumulate, 1e-4);
            CompareNative<double>(shape, transposeA, transposeB, accumulate, 1e-12);
        }
    }

    // Sums in another order differ by rounding: at most some units in the last place of their largest terms.
    private static void CompareNative<T>((int Rows, int Columns, int Depth) shape, bool transposeA, bool transposeB, bool accumulate,
        double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(5, 0);
        T[] a = Draw<T>(random, shape.Rows * shape.Depth), b = Draw<T>(random, shape.Depth * shape.Columns),
            native = Draw<T>(random, shape.Rows * shape.Columns);
        T[] managed = [.. native];
        MatrixProduct.Compute<T>(shape.Rows, shape.Columns, shape.Depth, a, transposeA, b, transposeB, managed, accumulate);
        MatrixProduct.Use(LinearAlgebra.Native);
        try
        {
            MatrixProduct.Compute<T>(shape.Rows, shape.Columns, shape.Depth, a, transposeA, b, transposeB, native, accumulate);
        }
        finally
        {
            MatrixProduct.Use(LinearAlgebra.Managed);
        }

        Assert.That(native.Select(double.CreateChecked), Is.EqualTo(managed.Select(double.CreateChecked))
            .Within(tolerance * (1 + shape.Depth)));
    }

    private static void Compare<T>((int Rows, int Columns, int Depth) shape, bool transposeA, bool transposeB, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(5, 0);
        T[] a = Draw<T>(random, shape.Rows * shape.Depth), b = Draw<T>(random, shape.Depth * shape.Columns),
            fast = Draw<T>(random, shape.Rows * shape.Columns);
        T[] plain = [.. fast];
        MatrixProduct.Compute<T>(shape.Rows, shape.Columns, shape.Depth, a, transposeA, b, transposeB, fast, accumulate);
        PlainMatrixProduct.Compute<T>(shape.Rows, shape.Columns, shape.Depth, a, transposeA, b, transposeB, plain, accumulate);
        Assert.That(fast.AsSpan().SequenceEqual(plain), Is.True);
    }

    private static T[] Draw<T>(CounterRandom random, int count) where T : INumber<T> =>
        [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked(random.NextNormal()))];
}
