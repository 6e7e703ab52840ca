using CrystalHpc.Core.Optimization;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Simulation.Relaxation;

/// <summary>Moves atoms, and strains the cell, until no force is left.</summary>
internal static class StructureRelaxation
{
    // Curvature of bonds, eV/A^2, that scales the first step; and how far anything moves in one step, A.
    private const double Curvature = 50, LargestMove = 0.2;

    private const int History = 20;

    /// <summary>Relaxes a structure.</summary>
    /// <param name="model">What gives energies.</param>
    /// <param name="start">The structure.</param>
    /// <param name="options">How.</param>
    /// <param name="problem">Why there is no answer; null when there is one.</param>
    /// <param name="onStep">Told each structure on the way, the start first.</param>
    public static RelaxedStructure? Relax(
        IEnergyModel model, AtomFrame start, RelaxationOptions options, out string? problem, Action<AtomFrame>? onStep = null)
    {
        var objective = new EnthalpyObjective(model, start, options);
        double tolerance = options.LargestForceElectronVoltPerAngstrom;
        (double[] x, int steps, bool isDone) = (objective.Start(), 0, false);
        if (!double.IsFinite(objective.Evaluate(x, new double[x.Length])))
        {
            problem = objective.Problem ?? "its energy is not finite";
            return null;
        }

        if (options.WithFire)
        {
            isDone = Fire.Minimize(objective, x, tolerance, options.MostSteps, step =>
            {
                steps = step;
                onStep?.Invoke(objective.Last!);
            });
        }
        else
        {
            // Told after each iteration, whose point was computed last.
            LbfgsResult result = BoundedLbfgs.Minimize(
                objective, x, Bounds.None(x.Length), [.. Enumerable.Repeat(Curvature, x.Length)],
                new LbfgsOptions(History, options.MostSteps, tolerance / Curvature, RelativeChangeTolerance: 0, LargestMove),
                (_, _) => onStep?.Invoke(objective.Last!));
            (steps, isDone) = (result.Iterations, result.Reason == StoppingReason.Gradient);
            objective.Evaluate([.. result.Parameters], new double[x.Length]);
        }

        problem = null;
        return new RelaxedStructure(objective.Last!, objective.LastEnergy!, steps, isDone);
    }
}

/// <summary>What a relaxation ends with.</summary>
/// <param name="Frame">The structure, with energy, forces and stress.</param>
/// <param name="Energy">What the model says of it.</param>
/// <param name="Steps">Steps that were made.</param>
/// <param name="IsDone">False when forces were left.</param>
internal sealed record RelaxedStructure(AtomFrame Frame, AtomicEnergy Energy, int Steps, bool IsDone);
