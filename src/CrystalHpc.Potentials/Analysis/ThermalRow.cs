using CrystalHpc.Core.Thermodynamics;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Phonons;
using CrystalHpc.Potentials.Simulation.Relaxation;
using CsvHelper;

namespace CrystalHpc.Potentials.Analysis;

/// <summary>A crystal on the hull of Gibbs energies at a temperature and a pressure: a row of <c>stability.csv</c>.</summary>
/// <param name="Id">The structure.</param>
/// <param name="Formula">Its formula.</param>
/// <param name="Type">Its structure type.</param>
/// <param name="Kelvin">Temperature, K.</param>
/// <param name="Gigapascal">Pressure, GPa.</param>
/// <param name="Enthalpy">Enthalpy at rest, eV an atom.</param>
/// <param name="Vibration">Free energy of harmonic phonons at the volume of that pressure, eV an atom.</param>
/// <param name="Formation">Formation Gibbs energy from the elements, eV an atom.</param>
/// <param name="AboveHull">Height above the hull of Gibbs energies, eV an atom.</param>
/// <param name="LowestTerahertz">Lowest frequency, THz; negative: imaginary, and the crystal is not stable there.</param>
[CsvRecord]
internal sealed partial record ThermalRow(
    [property: CsvColumn("structure")] string Id,
    [property: CsvColumn("formula")] string Formula,
    [property: CsvColumn("type")] string Type,
    [property: CsvColumn("temperature_K")] double Kelvin,
    [property: CsvColumn("pressure_GPa")] double Gigapascal,
    [property: CsvColumn("enthalpy_eV_per_atom")] double Enthalpy,
    [property: CsvColumn("vibration_eV_per_atom")] double Vibration,
    [property: CsvColumn("formation_eV_per_atom")] double? Formation,
    [property: CsvColumn("above_hull_eV_per_atom")] double? AboveHull,
    [property: CsvColumn("lowest_THz")] double LowestTerahertz)
{
    /// <summary>The rows of some crystals: each is relaxed at each pressure, its phonons computed there.</summary>
    /// <param name="model">What gives energies.</param>
    /// <param name="phases">The crystals.</param>
    /// <param name="options">Temperatures and pressures.</param>
    /// <param name="refused">Is told each structure that cannot be computed, and why.</param>
    public static IEnumerable<ThermalRow> Of(IEnergyModel model, IReadOnlyList<Phase> phases, AnalysisOptions options,
        Action<string, string> refused)
    {
        foreach (double pressure in options.PressuresGigapascal)
        {
            var relaxed = new List<(Phase Phase, double Enthalpy, PhononStudy Phonons)>();
            foreach (Phase phase in phases)
            {
                if (Study(model, phase, pressure, out string? problem) is { } study)
                    relaxed.Add((phase, study.Enthalpy, study.Phonons));
                else
                    refused(phase.Id, problem!);
            }

            foreach (double kelvin in options.TemperaturesKelvin)
            {
                var gibbs = relaxed.ConvertAll(entry =>
                    (entry.Phase, entry.Enthalpy, entry.Phonons, Free: entry.Phonons.At(kelvin).FreeEnergy));
                var hull = ConvexHull.Of(gibbs
                    .Select(entry => (entry.Phase.Frame.Species, (entry.Enthalpy + entry.Free) * entry.Phase.Frame.AtomCount)));
                foreach ((Phase phase, double enthalpy, PhononStudy phonons, double free) in gibbs)
                {
                    double[]? shares = hull?.SharesOf(phase.Frame.Species);
                    yield return new ThermalRow(
                        phase.Id, phase.Formula, phase.Type, kelvin, pressure, enthalpy, free,
                        hull is null ? null : enthalpy + free - hull.ReferenceOf(shares!),
                        hull is null ? null : Math.Max(0, enthalpy + free - hull.EnergyOf(shares!)), phonons.Lowest);
                }
            }
        }
    }

    private static (double Enthalpy, PhononStudy Phonons)? Study(IEnergyModel model, Phase phase, double gigapascal, out string? problem)
    {
        double pressure = gigapascal / Units.GigapascalPerElectronVoltPerCubicAngstrom;
        var relaxation = new RelaxationOptions
        {
            LargestForceElectronVoltPerAngstrom = 1e-4, PressureElectronVoltPerCubicAngstrom = pressure,
        };
        if (StructureRelaxation.Relax(model, phase.Frame, relaxation, out problem) is not { } relaxed
            || PhononStudy.Of(model, relaxed.Frame, new PhononOptions { Relaxes = false, MostKelvin = 0 }, out problem) is not { } phonons)
            return null;
        double enthalpy = relaxed.Energy.EnergyElectronVolt + pressure * Math.Abs(relaxed.Frame.Cell!.Value.Volume);
        return (enthalpy / relaxed.Frame.AtomCount, phonons);
    }
}
