using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace CrystalHpc.Core.Numerics;

/// <summary>
/// Chooses the library behind MathNet's linear algebra: Intel MKL if its provider is installed, else OpenBLAS, else managed code. The
/// choice changes the speed of dense algebra; results may differ in the last digits between libraries. The library gets one thread, so that
/// results do not depend on the number of cores, and since a rank usually has just one.
/// </summary>
public static class LinearAlgebraProvider
{
    private static readonly Lazy<string> Chosen = new(Choose);

    /// <summary>Name of the active provider, such as "Intel MKL", "OpenBLAS" or "Managed". The first call makes the choice.</summary>
    public static string Name => Chosen.Value;

    private static string Choose()
    {
        // Both say false where the provider's assembly or its native library is missing.
        if (!Control.TryUseNativeMKL() && !Control.TryUseNativeOpenBLAS())
            Control.UseManaged();
        Control.UseSingleThread();
        return LinearAlgebraControl.Provider.ToString() ?? LinearAlgebraControl.Provider.GetType().Name;
    }
}
