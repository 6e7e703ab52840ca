using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>A list of reflections of the size that deposited files have: indices in order, made-up intensities.</summary>
internal static class ReflectionList
{
    private const int BytesPerRow = 33;
    private const int HighestIndex = 40;

    private static readonly string[] Tags =
        ["_refln_index_h", "_refln_index_k", "_refln_index_l", "_refln_F_squared_calc", "_refln_F_squared_meas", "_refln_F_squared_sigma",
            "_refln_observed_status"];

    /// <summary>Writes about as many bytes as wanted.</summary>
    public static void Write(CifWriter writer, UnitCell cell, double bytes, CounterRandom random) =>
        writer.Loop(Tags, Enumerable.Range(1, Math.Max(1, (int)(bytes / BytesPerRow))).Select(number => Row(cell, number, random)));

    private static CifField[] Row(UnitCell cell, int number, CounterRandom random)
    {
        (int h, int k, int l) = (number % HighestIndex - HighestIndex / 2, number / HighestIndex % HighestIndex,
            number / (HighestIndex * HighestIndex));
        double size = cell.Volume * random.NextExponential() / (1 + 0.01 * (h * h + k * k + l * l));
        double sigma = 0.02 * size + 0.1;
        return [h, k, l, Math.Round(size, 2), Math.Round(size + sigma * random.NextNormal(), 2), Math.Round(sigma, 2), "o"];
    }
}
