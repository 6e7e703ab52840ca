using System.Numerics;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Potentials.Model.Descriptors;

/// <summary>
/// Exponentials times powers: all functions of some exponentials with the same powers of 1 + lambda cos theta, one power a lane.
/// </summary>
internal sealed class AngularBlock
{
    /// <summary>A block.</summary>
    /// <param name="place">Place of the first function; each exponential takes a vector of places.</param>
    /// <param name="shells">Numbers of the exponentials.</param>
    /// <param name="powers">The powers, at most as many as a vector has lanes.</param>
    public AngularBlock(int place, int[] shells, AngularPower[] powers)
    {
        (Place, Shells) = (place, shells);
        Span<double> lambda = stackalloc double[CenterPlan.Lanes], scale = stackalloc double[CenterPlan.Lanes],
            slope = stackalloc double[CenterPlan.Lanes];
        for (int lane = 0; lane < powers.Length; lane++)
        {
            AngularPower power = powers[lane];
            lambda[lane] = power.Lambda;
            scale[lane] = power.Factor * Math.ScaleB(1, 1 - power.Zeta);
            slope[lane] = scale[lane] * power.Zeta * power.Lambda;
        }

        (Lambda, Scale, Slope) = (Vector512.Create<double>(lambda), Vector512.Create<double>(scale), Vector512.Create<double>(slope));
        int bits = powers.Max(power => BitOperations.Log2((uint)power.Zeta - 1 | 1) + (power.Zeta > 1 ? 1 : 0));
        Bits = new Vector512<double>[bits];
        Span<double> mask = stackalloc double[CenterPlan.Lanes];
        for (int bit = 0; bit < bits; bit++)
        {
            for (int lane = 0; lane < mask.Length; lane++)
                mask[lane] = lane < powers.Length && ((powers[lane].Zeta - 1) >> bit & 1) == 1 ? BitConverter.Int64BitsToDouble(-1) : 0;
            Bits[bit] = Vector512.Create<double>(mask);
        }
    }

    /// <summary>Place of the first function.</summary>
    public int Place { get; }

    /// <summary>Numbers of the exponentials.</summary>
    public int[] Shells { get; }

    /// <summary>Lambda of each lane; 0 where there is no function.</summary>
    public Vector512<double> Lambda { get; }

    /// <summary>2^(1 - zeta) of each lane; 0 where there is no function.</summary>
    public Vector512<double> Scale { get; }

    /// <summary>2^(1 - zeta) zeta lambda of each lane.</summary>
    public Vector512<double> Slope { get; }

    /// <summary>Lanes in whose zeta - 1 a bit is set, by bit: powers come from squares.</summary>
    public Vector512<double>[] Bits { get; }
}
