using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>Moves positions by symmetry operations.</summary>
public static class OperationOnPositions
{
    /// <summary>Applies the operation to a position (not wrapped into the cell).</summary>
    public static Fractional Apply(this SymmetryOperation operation, Fractional p)
    {
        ArgumentNullException.ThrowIfNull(operation);
        SymmetryOperation w = operation;
        return new Fractional(
            w.W11 * p.X + w.W12 * p.Y + w.W13 * p.Z + w.T1,
            w.W21 * p.X + w.W22 * p.Y + w.W23 * p.Z + w.T2,
            w.W31 * p.X + w.W32 * p.Y + w.W33 * p.Z + w.T3);
    }
}
