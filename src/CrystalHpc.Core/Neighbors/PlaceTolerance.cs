namespace CrystalHpc.Core.Neighbors;

/// <summary>When atoms share a place, as those of a mixed site do: they are one neighbor, and there is no plane between them.</summary>
internal static class PlaceTolerance
{
    /// <summary>Atoms closer than this share a place, Å: far above rounding, far below any bond.</summary>
    public const double Angstrom = 1e-4;
}
