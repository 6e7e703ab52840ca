using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Search;

/// <summary>Relaxes the structures of a search: atoms and, of crystals, the cell.</summary>
/// <param name="model">What gives energies.</param>
/// <param name="options">How.</param>
/// <param name="before">What is done to a structure before it is relaxed, with its number; null: nothing.</param>
internal sealed class Relaxer(IEnergyModel model, RelaxationOptions options, Func<AtomFrame, int, AtomFrame>? before = null)
{
    /// <summary>How structures of a search are relaxed.</summary>
    public static RelaxationOptions OptionsOf(SearchOptions options) =>
        OptionsOf(options.LargestForceElectronVoltPerAngstrom, options.MostSteps, options.PressureGigapascal);

    /// <summary>How structures are relaxed, in the units of configurations.</summary>
    public static RelaxationOptions OptionsOf(double largestForceElectronVoltPerAngstrom, int mostSteps, double pressureGigapascal) => new()
    {
        LargestForceElectronVoltPerAngstrom = largestForceElectronVoltPerAngstrom, MostSteps = mostSteps,
        PressureElectronVoltPerCubicAngstrom = pressureGigapascal / Units.GigapascalPerElectronVoltPerCubicAngstrom,
    };

    /// <summary>Relaxes a structure; one that cannot be says why.</summary>
    /// <param name="bred">The structure.</param>
    /// <param name="onStep">Called after each step.</param>
    public Individual Relax(Individual bred, Action? onStep = null)
    {
        AtomFrame start = before is null ? bred.Frame : before(bred.Frame, bred.Number);
        RelaxedStructure? found = StructureRelaxation.Relax(model, start, options, out string? problem, onStep is null ? null
            : _ => onStep());
        if (found is null || !double.IsFinite(found.Energy.EnergyElectronVolt))
            return bred with { Problem = problem ?? "its energy is not finite" };
        AtomFrame frame = found.Frame with { ForcesElectronVoltPerAngstrom = null, StressElectronVoltPerCubicAngstrom = null };
        double volume = frame.Cell is { } cell ? Math.Abs(cell.Volume) : 0;
        double enthalpy = found.Energy.EnergyElectronVolt + options.PressureElectronVoltPerCubicAngstrom * volume;
        return bred with { Frame = frame, Enthalpy = enthalpy };
    }
}
