using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Simulation.Elasticity;

/// <summary>Elastic constants of a relaxed crystal.</summary>
/// <param name="Tensor">With the symmetry of the crystal, GPa.</param>
/// <param name="ErrorGigapascal">Largest difference of an element from what was found before its symmetry was used, GPa.</param>
/// <param name="SpaceGroup">Number of the space group.</param>
/// <param name="Warnings">What the model warned of.</param>
internal sealed record ElasticConstants(ElasticTensor Tensor, double ErrorGigapascal, int SpaceGroup, IReadOnlyList<string> Warnings)
{
    private const double SymmetryToleranceAngstrom = 0.01;

    /// <summary>The slopes of the stress by strain, each strain there and back, atoms relaxed in each strained cell.</summary>
    /// <param name="model">What gives energies.</param>
    /// <param name="frame">The crystal, without stress.</param>
    /// <param name="strain">Size of the strains.</param>
    /// <param name="relaxation">How atoms are relaxed; the cell is not.</param>
    /// <param name="problem">Why there is no answer; null when there is one.</param>
    public static ElasticConstants? Compute(IEnergyModel model, AtomFrame frame, double strain, RelaxationOptions relaxation,
        out string? problem)
    {
        if (FrameSymmetry.Find(frame, SymmetryToleranceAngstrom) is not { } symmetry)
        {
            problem = "it is no crystal, or atoms share a place";
            return null;
        }

        (var constants, var warnings) = (new double[36], new List<string>());
        for (int column = 0; column < 6; column++)
        {
            foreach (int sign in (int[])[-1, 1])
            {
                AtomFrame strained = Strain(frame, column, sign * strain);
                if (StructureRelaxation.Relax(model, strained, relaxation with { WithCell = false }, out problem) is not { } relaxed)
                    return null;
                double[] stress = relaxed.Energy.StressOf(relaxed.Frame)!;
                for (int row = 0; row < 6; row++)
                    constants[6 * row + column] += sign * stress[row] / (2 * strain) * Units.GigapascalPerElectronVoltPerCubicAngstrom;
                warnings.AddRange(relaxed.Energy.Warnings);
            }
        }

        problem = null;
        var raw = new ElasticTensor(constants);
        ElasticTensor tensor = raw.Symmetrized(symmetry.Operations);
        return new ElasticConstants(tensor, raw.DistanceTo(tensor), symmetry.Symmetry.Number, [.. warnings.Distinct()]);
    }

    // Shear strains are those of engineers: twice the off-diagonal element.
    private static AtomFrame Strain(AtomFrame frame, int component, double strain)
    {
        (int a, int b) = component switch { < 3 => (component, component), 3 => (1, 2), 4 => (0, 2), _ => (0, 1) };
        return frame.Map(vector =>
        {
            double[] v = [vector.X, vector.Y, vector.Z], w = [.. v];
            w[a] += (a == b ? 1 : 0.5) * strain * v[b];
            if (a != b)
                w[b] += 0.5 * strain * v[a];
            return new Cartesian(w[0], w[1], w[2]);
        });
    }
}
