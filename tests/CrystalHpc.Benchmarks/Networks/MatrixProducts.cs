using System.Numerics;
using System.Runtime.InteropServices;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Benchmarks;

/// <summary>Matrix products of the shapes that networks make, against OpenBLAS in the same process. One thread, processor time.</summary>
internal static class MatrixProducts
{
    private const int RowMajor = 101, Plain = 111, Transposed = 112;

    // Rows, columns and depth of C = A B, and which factor is stored transposed: forward, gradient of weights, gradient of inputs.
    private static readonly (string Name, int Rows, int Columns, int Depth, bool TransposeA, bool TransposeB)[] Shapes =
    [
        ("forward 512 x 256 x 150", 512, 256, 150, false, false),
        ("forward 512 x 256 x 400", 512, 256, 400, false, false),
        ("gradient of weights 400 x 256 x 512", 400, 256, 512, true, false),
        ("gradient of inputs 512 x 400 x 256", 512, 400, 256, false, true),
        ("forward, a shard, 32 x 256 x 256", 32, 256, 256, false, false),
        ("gradient of weights 256 x 256 x 32", 256, 256, 32, true, false),
        ("gradient of inputs 32 x 256 x 256", 32, 256, 256, false, true),
        ("forward 512 x 227 x 256", 512, 227, 256, false, false),
        ("forward 512 x 64 x 128", 512, 64, 128, false, false),
        ("square 1024 x 1024 x 1024", 1024, 1024, 1024, false, false),
    ];

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void SetThreads(int threads);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint Configuration();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void SingleProduct(
        int order, int transposeA, int transposeB, int rows, int columns, int depth, float alpha, float[] a, int lda, float[] b, int ldb,
        float beta, float[] c, int ldc);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void DoubleProduct(
        int order, int transposeA, int transposeB, int rows, int columns, int depth, double alpha, double[] a, int lda, double[] b, int ldb,
        double beta, double[] c, int ldc);

    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        nint library = Load(args);
        List<ContestResult> single = Compare<float>(args, library, "cblas_sgemm"), precise = Compare<double>(args, library, "cblas_dgemm");
        ContestResult.PrintTable("single precision", single);
        ContestResult.PrintTable("double precision", precise);
        return [.. single, .. precise];
    }

    private static nint Load(string[] args)
    {
        foreach (string name in Arguments.Find(args, "--blas") is { } given ? [given] : (string[])["libopenblas.so.0", "libopenblas.so"])
        {
            if (!NativeLibrary.TryLoad(name, out nint library))
                continue;
            Function<SetThreads>(library, "openblas_set_num_threads")(1);

            Console.WriteLine($"OpenBLAS: {Marshal.PtrToStringUTF8(Function<Configuration>(library, "openblas_get_config")())}");
            return library;
        }

        Console.WriteLine("OpenBLAS is not installed (or name it: --blas PATH), that contestant is left out");
        return 0;
    }

    private static List<ContestResult> Compare<T>(string[] args, nint library, string function)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<ContestResult> results = [];
        foreach ((string name, int rows, int columns, int depth, bool transposeA, bool transposeB) in Shapes)
        {
            T[] a = Draw<T>(rows * depth, 1), b = Draw<T>(depth * columns, 2), c = new T[rows * columns], other = new T[rows * columns];
            double operations = 2.0 * rows * columns * depth;
            int repeats = Math.Max(1, (int)(1e9 / operations));
            var contest = new Contest($"{name}, {(typeof(T) == typeof(float) ? "single" : "double")}", operations / 1e9, "GFlop");
            contest.Add("CrystalHpc", Timing.Processor(() => MatrixProduct.Compute<T>(rows, columns, depth, a, transposeA, b,
                transposeB, c), repeats));
            if (library != 0)
            {
                (int ta, int tb) = (transposeA ? Transposed : Plain, transposeB ? Transposed : Plain);
                (int lda, int ldb) = (transposeA ? rows : depth, transposeB ? depth : columns);
                contest.AddPeer("OpenBLAS", Timing.Processor((a, b, other) switch
                {
                    (float[] x, float[] y, float[] z) when Function<SingleProduct>(library, function) is var product =>
                        () => product(RowMajor, ta, tb, rows, columns, depth, 1, x, lda, y, ldb, 0, z, columns),
                    (double[] x, double[] y, double[] z) when Function<DoubleProduct>(library, function) is var product =>
                        () => product(RowMajor, ta, tb, rows, columns, depth, 1, x, lda, y, ldb, 0, z, columns),
                    _ => throw new NotSupportedException(),
                }, repeats), aim: 0.6);
            }

            results.AddRange(contest.Measure(args, 15));
            double largest = library == 0 ? 0 : c.Zip(other).Max(pair => double.CreateChecked(T.Abs(pair.First - pair.Second)));
            if (largest > (typeof(T) == typeof(float) ? 1e-3 : 1e-11))
                throw new InvalidOperationException($"the products differ by {largest}");
        }

        return results;
    }

    private static TDelegate Function<TDelegate>(nint library, string name) where TDelegate : Delegate =>
        Marshal.GetDelegateForFunctionPointer<TDelegate>(NativeLibrary.GetExport(library, name));

    private static T[] Draw<T>(int count, ulong item) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(1, item);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked(random.NextNormal()))];
    }
}
