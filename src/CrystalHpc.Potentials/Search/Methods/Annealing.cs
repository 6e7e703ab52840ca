using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Search.Operators;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Search.Methods;

/// <summary>
/// Metropolis Monte Carlo (N. Metropolis et al., J. Chem. Phys. 21 (1953) 1087) whose temperature falls to nothing: single atoms are moved,
/// in alloys two exchanged, in crystals the
/// cell is strained and scaled, each move an energy. As many energies as a relaxation may have steps.
/// </summary>
/// <param name="model">What gives energies.</param>
/// <param name="options">The search.</param>
/// <param name="bonds">About how long bonds are.</param>
internal sealed class Annealing(IEnergyModel model, SearchOptions options, BondLengths bonds)
{
    private const double MoveInBonds = 0.15, Exchanges = 0.1, CellMoves = 0.1, LargestScaling = 0.03, LargestStrain = 0.03;

    private readonly double _pressure = options.PressureGigapascal / Units.GigapascalPerElectronVoltPerCubicAngstrom;

    /// <summary>Anneals a structure; one whose energy is not known stays as it is.</summary>
    public AtomFrame Run(AtomFrame start, int number)
    {
        var random = new SearchRandom(~(ulong)options.Seed, number);
        (AtomFrame frame, double enthalpy) = (start, Enthalpy(start));
        for (int step = 0; step < options.MostSteps; step++)
        {
            double thermal = Units.BoltzmannElectronVoltPerKelvin * options.TemperatureKelvin * (1 - (double)step / options.MostSteps);
            AtomFrame moved = Move(frame, random);
            double now = Enthalpy(moved), rise = now - enthalpy;
            if (double.IsFinite(now)
                && (!double.IsFinite(enthalpy) || rise <= 0 || random.Between(0, 1) < Math.Exp(-rise / Math.Max(thermal, 1e-300))))
                (frame, enthalpy) = (moved, now);
        }

        return frame;
    }

    private AtomFrame Move(AtomFrame frame, SearchRandom random)
    {
        double choice = random.Between(0, 1);
        if (choice < Exchanges && frame.Species.Distinct().Skip(1).Any())
            return Mutations.Exchange(frame, random);
        if (choice < Exchanges + CellMoves && frame.Cell is not null)
        {
            double scale = 1 + random.Between(-LargestScaling, LargestScaling);
            return Mutations.Strain(frame, random, LargestStrain).Map(v => scale * v);
        }

        double[] positions = [.. frame.PositionsAngstrom];
        int atom = random.Below(frame.AtomCount);
        for (int axis = 0; axis < 3; axis++)
            positions[3 * atom + axis] += MoveInBonds * bonds.Longest * random.Normal();
        return frame with { PositionsAngstrom = positions };
    }

    private double Enthalpy(AtomFrame frame) => model.Compute(frame, out _) is { } energy
        ? energy.EnergyElectronVolt + _pressure * Math.Abs(frame.Cell?.Volume ?? 0) : double.PositiveInfinity;
}
