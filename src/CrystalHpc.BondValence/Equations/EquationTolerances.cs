namespace CrystalHpc.BondValence.Equations;

/// <summary>What counts as equal where structures become equations.</summary>
internal static class EquationTolerances
{
    /// <summary>
    /// An oxidation state this near to a whole number is that number; states are read or assigned, so only rounding can part them.
    /// </summary>
    public const double WholeChargeElectrons = 1e-6;

    /// <summary>A cell is neutral when its charges add up to less than this: a sum over many sites, of states that may be thirds.</summary>
    public const double NeutralityElectrons = 1e-3;

    /// <summary>A site is full from this below 1: files write 0.999.</summary>
    public const double Occupancy = 1e-3;

    /// <summary>Bonds of one kind are equal but for rounding of coordinates on special positions, Å.</summary>
    public const double EqualLengthAngstrom = 1e-4;
}
