using CsvHelper;

namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>What harmonic waves have at a temperature, an atom: a row of <c>thermal.csv</c>. Imaginary waves are left out.</summary>
/// <param name="Kelvin">Temperature, K.</param>
/// <param name="FreeEnergy">Helmholtz free energy of the waves, eV.</param>
/// <param name="Energy">Their energy, eV, that of the zero point included.</param>
/// <param name="Entropy">Their entropy, eV/K.</param>
/// <param name="HeatCapacity">Their heat capacity at constant volume, eV/K.</param>
/// <param name="TotalFreeEnergy">Free energy of the waves and energy at rest, eV.</param>
[CsvRecord]
internal sealed partial record Thermodynamics(
    [property: CsvColumn("temperature_K")] double Kelvin,
    [property: CsvColumn("free_energy_eV_per_atom")] double FreeEnergy,
    [property: CsvColumn("energy_eV_per_atom")] double Energy,
    [property: CsvColumn("entropy_eV_per_K_per_atom")] double Entropy,
    [property: CsvColumn("heat_capacity_eV_per_K_per_atom")] double HeatCapacity,
    [property: CsvColumn("total_free_energy_eV_per_atom")] double TotalFreeEnergy)
{
    /// <summary>The row of a temperature.</summary>
    /// <param name="mesh">The waves.</param>
    /// <param name="atoms">Atoms of the cell.</param>
    /// <param name="energyAtRest">Energy of an atom at rest, eV.</param>
    /// <param name="kelvin">Temperature, K, 0 or higher.</param>
    public static Thermodynamics At(PhononMesh mesh, int atoms, double energyAtRest, double kelvin)
    {
        double thermal = Units.BoltzmannElectronVoltPerKelvin * kelvin;
        (double free, double energy, double entropy, double capacity) = (0, 0, 0, 0);
        foreach ((double frequency, double weight) in mesh.Modes.Where(mode => mode.Terahertz > 0))
        {
            double quantum = Units.ElectronVoltPerTerahertz * frequency, share = weight / atoms;
            (free, energy) = (free + share * quantum / 2, energy + share * quantum / 2);
            if (kelvin == 0)
                continue;
            double x = quantum / thermal, decay = Math.Exp(-x), occupation = decay / (1 - decay), ground = Math.Log(1 - decay);
            free += share * thermal * ground;
            energy += share * quantum * occupation;
            entropy += share * Units.BoltzmannElectronVoltPerKelvin * (x * occupation - ground);
            capacity += share * Units.BoltzmannElectronVoltPerKelvin * x * x * occupation / (1 - decay);
        }

        return new Thermodynamics(kelvin, free, energy, entropy, capacity, energyAtRest + free);
    }
}
