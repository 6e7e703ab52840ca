namespace CrystalHpc.Core.Crystals;

/// <summary>A symmetry operation x' = W x + w on fractional coordinates: integer matrix W (row major), translation w in [0, 1).</summary>
public sealed record SymmetryOperation(
    int W11, int W12, int W13,
    int W21, int W22, int W23,
    int W31, int W32, int W33,
    double T1, double T2, double T3)
{
    /// <summary>x, y, z.</summary>
    public static SymmetryOperation Identity { get; } = new(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0);

    /// <summary>Applies the operation to a position (not wrapped into the cell).</summary>
    public Fractional Apply(Fractional p) => new(
        W11 * p.X + W12 * p.Y + W13 * p.Z + T1,
        W21 * p.X + W22 * p.Y + W23 * p.Z + T2,
        W31 * p.X + W32 * p.Y + W33 * p.Z + T3);
}
