using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Potentials.Model.Descriptors;

/// <summary>
/// fc(R) = (1 + cos(pi R / Rc)) / 2 = cos^2 y with y = pi R / (2 Rc), from R^2: cos y and sin y / y are power series in y^2, so that no
/// root is taken, and value and slope vanish at the cutoff to the last bit that the square of a small cosine has.
/// </summary>
internal static class CosineCutoff
{
    /// <summary>Values and slopes for R &lt; Rc.</summary>
    /// <param name="square">R^2.</param>
    /// <param name="inverseSquare">1 / Rc^2.</param>
    /// <returns>fc, and its derivative divided by R.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<double> Value, Vector512<double> SlopeOverR) Of(Vector512<double> square, double inverseSquare)
    {
        // Series in t = (R / Rc)^2 to t^11: the rest is below 1e-19.
        Vector512<double> t = square * inverseSquare;
        Vector512<double> cosine = Vector512.Create(-1.83599165215524524516e-17), sine = Vector512.Create(-7.98257240067497894e-19);
        Step(ref cosine, t, 3.437739179098607e-15);
        Step(ref sine, t, 1.63701865671362238e-16);
        Step(ref cosine, t, -5.29440020073462376e-13);
        Step(ref sine, t, -2.78652642143927566e-14);
        Step(ref cosine, t, 6.56596311497947236e-11);
        Step(ref sine, t, 3.86233124410557198e-12);
        Step(ref cosine, t, -6.38660308379185224e-9);
        Step(ref sine, t, -4.25773538919456816e-10);
        Step(ref cosine, t, 4.7108747788181715e-7);
        Step(ref sine, t, 3.62374982986013193e-8);
        Step(ref cosine, t, -2.52020423730606055e-5);
        Step(ref sine, t, -2.29109476118732777e-6);
        Step(ref cosine, t, 9.1926027483942658e-4);
        Step(ref sine, t, 1.02140030537714064e-4);
        Step(ref cosine, t, -2.08634807633529609e-2);
        Step(ref sine, t, -2.98049725190756590e-3);
        Step(ref cosine, t, 2.53669507901048014e-1);
        Step(ref sine, t, 5.07339015802096027e-2);
        Step(ref cosine, t, -1.23370055013616983);
        Step(ref sine, t, -4.11233516712056609e-1);
        Step(ref cosine, t, 1);
        Step(ref sine, t, 1);
        double factor = -0.5 * Math.PI * Math.PI * inverseSquare;
        return (cosine * cosine, cosine * sine * factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(ref Vector512<double> sum, Vector512<double> t, double coefficient) =>
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(coefficient));
}
