namespace CrystalHpc.Potentials.Simulation.Relaxation;

/// <summary>How a structure is relaxed.</summary>
internal sealed record RelaxationOptions
{
    /// <summary>Done when no component of a force is larger, eV/A; the stress on the cell counts as such a force, too.</summary>
    public double LargestForceElectronVoltPerAngstrom { get; init; } = 0.001;

    /// <summary>Steps after which to give up.</summary>
    public int MostSteps { get; init; } = 1_000;

    /// <summary>True when the cell relaxes, too.</summary>
    public bool WithCell { get; init; } = true;

    /// <summary>Pressure, eV/A^3: enthalpy is minimized.</summary>
    public double PressureElectronVoltPerCubicAngstrom { get; init; }

    /// <summary>Atoms and cell keep the symmetry they have within this, A; null: they may lose it.</summary>
    public double? SymmetryToleranceAngstrom { get; init; }

    /// <summary>FIRE instead of L-BFGS.</summary>
    public bool WithFire { get; init; }
}
