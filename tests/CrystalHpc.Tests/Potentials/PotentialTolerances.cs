namespace CrystalHpc.Tests.Potentials;

/// <summary>How closely potentials must agree with what they are compared with, and why.</summary>
internal static class PotentialTolerances
{
    /// <summary>
    /// Fast and plain symmetry functions, as a share of the value or of 1: sums of hundreds of terms in another order, powers in another
    /// way.
    /// </summary>
    public const double PlainShare = 1e-12;

    /// <summary>Values of n2p2 are given with ten decimals.</summary>
    public const double N2p2Decimals = 6e-11;

    /// <summary>Values of MAISE are given with as many decimals.</summary>
    public const double Maise = 1e-10;

    /// <summary>Energies of MAISE, eV an atom, are printed with six decimals.</summary>
    public const double MaiseEnergy = 1e-6;

    /// <summary>Derivatives against differences with two steps: rounding of values up to 30, divided by the step.</summary>
    public const double Differences = 1e-8;

    /// <summary>Energies of n2p2, eV an atom: its structures were written with a dozen digits.</summary>
    public const double EnergyPerAtom = 1e-10;

    /// <summary>Forces of n2p2, hartree a bohr or eV/A.</summary>
    public const double Forces = 1e-9;

    /// <summary>
    /// What symmetry demands of energies, eV an atom, and forces, eV/A: rounding of moved positions times stiff functions.
    /// </summary>
    public const double Invariance = 1e-10;

    /// <summary>Gradients against differences, relative, per tensor.</summary>
    public const double Gradient = 1e-7;
}
