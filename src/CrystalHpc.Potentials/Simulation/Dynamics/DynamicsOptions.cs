namespace CrystalHpc.Potentials.Simulation.Dynamics;

/// <summary>What is kept constant.</summary>
internal enum Ensemble
{
    /// <summary>The energy: velocity Verlet (W. C. Swope et al., J. Chem. Phys. 76 (1982) 637).</summary>
    Nve,

    /// <summary>
    /// The temperature: Langevin dynamics, split BAOAB (B. Leimkuhler and C. Matthews, J. Chem. Phys. 138 (2013) 174102).
    /// </summary>
    Langevin,

    /// <summary>
    /// Temperature and pressure: Langevin dynamics, and the cell rescaled stochastically (M. Bernetti and G. Bussi, J. Chem. Phys. 153
    /// (2020) 114107).
    /// </summary>
    Npt,
}

/// <summary>How atoms move.</summary>
internal sealed record DynamicsOptions
{
    /// <summary>What is kept constant.</summary>
    public Ensemble Ensemble { get; init; }

    /// <summary>Time step, fs.</summary>
    public double StepFemtoseconds { get; init; } = 1;

    /// <summary>Temperature that is kept, and that velocities start with, K.</summary>
    public double TemperatureKelvin { get; init; } = 300;

    /// <summary>Friction of Langevin dynamics, 1/fs.</summary>
    public double FrictionPerFemtosecond { get; init; } = 0.01;

    /// <summary>Pressure that is kept, eV/A^3.</summary>
    public double PressureElectronVoltPerCubicAngstrom { get; init; }

    /// <summary>Time in which the volume follows, fs.</summary>
    public double VolumeTimeFemtoseconds { get; init; } = 1_000;

    /// <summary>About how compressible the crystal is, A^3/eV; it only sets how fast the volume follows.</summary>
    public double CompressibilityCubicAngstromPerElectronVolt { get; init; } = 1;

    /// <summary>Seed of velocities and of the noise.</summary>
    public ulong Seed { get; init; } = 1;
}
