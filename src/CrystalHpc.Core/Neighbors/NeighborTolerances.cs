namespace CrystalHpc.Core.Neighbors;

/// <summary>What counts as equal, or as nothing, where neighbors are searched.</summary>
internal static class NeighborTolerances
{
    /// <summary>Atoms closer than this share a place, as those of a mixed site do, Å: far above rounding, far below any bond.</summary>
    public const double SamePlaceAngstrom = 1e-4;

    /// <summary>
    /// Distances that follow one another within this are equal, Å: rounding noise is some 1e-13, atoms that symmetry does not relate differ
    /// by more.
    /// </summary>
    public const double TieAngstrom = 1e-8;

    /// <summary>
    /// A cutoff reaches this much farther, Å: one that equals a distance takes all equivalent neighbors or none, whatever the rounding.
    /// </summary>
    public const double CutoffMarginAngstrom = 1e-8;

    /// <summary>
    /// Margin for the rounding of fractions of a cell edge: one image too many costs little, a missing one would lose neighbors.
    /// </summary>
    public const double Fraction = 1e-6;

    /// <summary>
    /// A step of lattice reduction must shorten a vector by this share of its square: more than rounding noise, so that the loop ends.
    /// </summary>
    public const double ReductionGain = 1e-9;

    /// <summary>A plane that only touches a corner of a polyhedron, within this distance, does not cut it, Å.</summary>
    public const double TouchingAngstrom = 1e-9;

    /// <summary>What is smaller is a corner or an edge that several planes share, not a facet, sr.</summary>
    public const double SmallestSolidAngleSteradian = 1e-10;
}
