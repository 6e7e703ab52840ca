using CsvHelper;

namespace CrystalHpc.Potentials.Simulation.Dynamics;

/// <summary>A moment of a motion: a row of <c>dynamics.csv</c>.</summary>
/// <param name="Step">Step.</param>
/// <param name="TimeFemtoseconds">Time, fs.</param>
/// <param name="PotentialElectronVolt">Potential energy, eV.</param>
/// <param name="KineticElectronVolt">Kinetic energy, eV.</param>
/// <param name="TotalElectronVolt">Their sum, eV.</param>
/// <param name="TemperatureKelvin">Temperature, K.</param>
/// <param name="VolumeCubicAngstrom">Volume, A^3; 0 without a cell.</param>
/// <param name="PressureGigapascal">Pressure, GPa; 0 without a cell.</param>
/// <param name="Warnings">What the model warned of.</param>
[CsvRecord]
internal sealed partial record DynamicsRow(
    [property: CsvColumn("step")] long Step,
    [property: CsvColumn("time_fs")] double TimeFemtoseconds,
    [property: CsvColumn("potential_eV")] double PotentialElectronVolt,
    [property: CsvColumn("kinetic_eV")] double KineticElectronVolt,
    [property: CsvColumn("total_eV")] double TotalElectronVolt,
    [property: CsvColumn("temperature_K")] double TemperatureKelvin,
    [property: CsvColumn("volume_A3")] double VolumeCubicAngstrom,
    [property: CsvColumn("pressure_GPa")] double PressureGigapascal,
    [property: CsvColumn("warnings")] string Warnings)
{
    /// <summary>The row of a moment.</summary>
    public static DynamicsRow Of(MolecularDynamics motion, double stepFemtoseconds)
    {
        (DynamicsState state, double potential) = (motion.State, motion.Energy.EnergyElectronVolt);
        return new DynamicsRow(
            state.Step, state.Step * stepFemtoseconds, potential, state.KineticElectronVolt, potential + state.KineticElectronVolt,
            state.TemperatureKelvin, state.Volume,
            motion.Pressure * Units.GigapascalPerElectronVoltPerCubicAngstrom,
            motion.Energy.Warnings.Count > 0 ? motion.Energy.Warnings[0] : "");
    }
}
