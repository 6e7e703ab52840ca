using System.Runtime.InteropServices;

namespace CrystalHpc.Parallel.Native;

/// <summary>
/// Matrix products of a library that is found at run time: OpenBLAS, Intel MKL or BLIS, each with one thread. Results have the same bits
/// only with the same library on the same kind of processor.
/// </summary>
public sealed unsafe class BlasLibrary
{
    /// <summary>Path of the library to use.</summary>
    public const string Variable = "CRYSTALHPC_BLAS_LIB";

    // Of the interface of C: row after row, as it is, transposed.
    private const int RowMajor = 101, Plain = 111, Transposed = 112;

    // Not libblas.so.3, which may be the reference implementation, many times slower than our own code.
    private static readonly string[] Names = ["libopenblas.so.0", "libopenblas.so", "libmkl_rt.so.2", "libmkl_rt.so.1", "libblis.so.4",
        "libblis.so.3"];

    private static readonly Lazy<BlasLibrary?> Found = new(Find);

    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _single;
    private readonly delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int,
        void> _double;

    private BlasLibrary(string name, nint single, nint @double)
    {
        Name = name;
        _single = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)single;
        _double = (delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int,
            void>)@double;
    }

    /// <summary>The library of this process; null when none is installed.</summary>
    public static BlasLibrary? Installed => Found.Value;

    /// <summary>Its name or path.</summary>
    public string Name { get; }

    /// <summary>
    /// C = A B or C += A B over row-major matrices of rows x depth and depth x columns, each stored transposed on request.
    /// </summary>
    public void Multiply(
        int rows, int columns, int depth, ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c,
        bool accumulate)
    {
        fixed (float* pa = a, pb = b, pc = c)
        {
            _single(
                RowMajor, transposeA ? Transposed : Plain, transposeB ? Transposed : Plain, rows, columns, depth, 1, pa,
                transposeA ? rows : depth,
                pb, transposeB ? depth : columns, accumulate ? 1 : 0, pc, columns);
        }
    }

    /// <summary>The same in double.</summary>
    public void Multiply(
        int rows, int columns, int depth, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> b, bool transposeB, Span<double> c,
        bool accumulate)
    {
        fixed (double* pa = a, pb = b, pc = c)
        {
            _double(
                RowMajor, transposeA ? Transposed : Plain, transposeB ? Transposed : Plain, rows, columns, depth, 1, pa,
                transposeA ? rows : depth,
                pb, transposeB ? depth : columns, accumulate ? 1 : 0, pc, columns);
        }
    }

    private static BlasLibrary? Find()
    {
        foreach (string name in Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } forced ? [forced] : Names)
        {
            if (!NativeLibrary.TryLoad(name, out nint library)
                || !NativeLibrary.TryGetExport(library, "cblas_sgemm", out nint single)
                || !NativeLibrary.TryGetExport(library, "cblas_dgemm", out nint @double))
                continue;

            // A rank has one core; more threads would also make results depend on their number.
            if (NativeLibrary.TryGetExport(library, "openblas_set_num_threads", out nint openblas))
                ((delegate* unmanaged<int, void>)openblas)(1);
            else if (NativeLibrary.TryGetExport(library, "MKL_Set_Num_Threads", out nint mkl))
                ((delegate* unmanaged<int, void>)mkl)(1);
            else if (NativeLibrary.TryGetExport(library, "bli_thread_set_num_threads", out nint blis))
                ((delegate* unmanaged<nint, void>)blis)(1);
            return new BlasLibrary(name, single, @double);
        }

        return null;
    }
}
