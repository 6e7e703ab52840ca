namespace CrystalHpc.Potentials.Simulation;

/// <summary>Constants that turn units into one another (CODATA 2018).</summary>
internal static class Units
{
    /// <summary>1 eV/A^3 in GPa.</summary>
    public const double GigapascalPerElectronVoltPerCubicAngstrom = 160.2176634;

    /// <summary>Boltzmann's constant, eV/K.</summary>
    public const double BoltzmannElectronVoltPerKelvin = 8.617333262e-5;

    /// <summary>The time in which a mass of 1 u under a force of 1 eV/A moves by half an angstrom, fs.</summary>
    public const double FemtosecondsOfUnitMotion = 10.180505710774743;

    /// <summary>The frequency, not angular, of a mass of 1 u on a spring of 1 eV/A^2, THz.</summary>
    public const double TerahertzOfUnitSpring = 15.633304;

    /// <summary>Planck's constant, eV/THz: the energy of a quantum of 1 THz.</summary>
    public const double ElectronVoltPerTerahertz = 4.135667696923859e-3;

    /// <summary>1 THz as a wave number, 1/cm.</summary>
    public const double WaveNumberPerTerahertz = 33.3564095198152;
}
