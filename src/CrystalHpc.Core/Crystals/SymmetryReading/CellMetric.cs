using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>How well symmetry operations fit a cell.</summary>
internal static class CellMetric
{
    /// <summary>Lengths and cosines may be off by this much.</summary>
    public const double Tolerance = 0.01;

    /// <summary>
    /// The largest change that an operation makes to the metric tensor G of the cell, Wᵀ G W - G, each entry relative to the edges it
    /// belongs to; and that operation.
    /// </summary>
    public static (double Change, SymmetryOperation Operation) LargestChange(UnitCell cell, IReadOnlyList<SymmetryOperation> operations)
    {
        Cartesian[] axes = [cell.AxisA, cell.AxisB, cell.AxisC];
        (double largest, SymmetryOperation worst) = (0, SymmetryOperation.Identity);
        for (int operation = 0; operation < operations.Count; operation++)
        {
            SymmetryOperation w = operations[operation];
            Cartesian[] images =
            [
                w.W11 * axes[0] + w.W21 * axes[1] + w.W31 * axes[2],
                w.W12 * axes[0] + w.W22 * axes[1] + w.W32 * axes[2],
                w.W13 * axes[0] + w.W23 * axes[1] + w.W33 * axes[2],
            ];
            for (int i = 0; i < 3; i++)
            {
                for (int j = i; j < 3; j++)
                {
                    double change = Cartesian.Dot(images[i], images[j]) - Cartesian.Dot(axes[i], axes[j]);
                    change = Math.Abs(change) / (axes[i].Length * axes[j].Length);
                    if (change > largest)
                        (largest, worst) = (change, w);
                }
            }
        }

        return (largest, worst);
    }
}
