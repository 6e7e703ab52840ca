using System.Globalization;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>Forces in a supercell with each atom of its first cell moved along x, y and z, forth and back.</summary>
internal sealed class ForceSets
{
    private readonly double[][] _forces;

    private ForceSets(Supercell supercell, double displacement, double[][] forces, double largest) =>
        (Supercell, DisplacementAngstrom, _forces, LargestForceAtRest) = (supercell, displacement, forces, largest);

    /// <summary>The supercell.</summary>
    public Supercell Supercell { get; }

    /// <summary>How far an atom is moved, A.</summary>
    public double DisplacementAngstrom { get; }

    /// <summary>Largest component of a force while no atom is moved, eV/A.</summary>
    public double LargestForceAtRest { get; }

    /// <summary>Computes the forces.</summary>
    /// <param name="model">What gives them.</param>
    /// <param name="supercell">The supercell.</param>
    /// <param name="displacement">How far atoms are moved, A.</param>
    /// <param name="warnings">Takes what the model warns of.</param>
    /// <param name="problem">Why there is no answer; null when there is one.</param>
    public static ForceSets? Compute(
        IEnergyModel model, Supercell supercell, double displacement, WarningList warnings, out string? problem)
    {
        int atoms = supercell.Cell.AtomCount;
        AtomicEnergy? rest = model.Compute(supercell.Frame, out problem);
        if (rest is null)
            return null;
        warnings.Add(rest.Warnings);
        var forces = new double[6 * atoms][];
        for (int set = 0; set < forces.Length; set++)
        {
            double[] positions = [.. supercell.Frame.PositionsAngstrom];
            positions[CoordinateOf(set, supercell)] += SignOf(set) * displacement;
            if (model.Compute(supercell.Frame with { PositionsAngstrom = positions }, out problem) is not { } moved)
                return null;
            if (!moved.ForcesElectronVoltPerAngstrom.All(double.IsFinite))
            {
                problem = "its forces are not finite";
                return null;
            }

            warnings.Add(moved.Warnings);
            forces[set] = moved.ForcesElectronVoltPerAngstrom;
        }

        return new ForceSets(supercell, displacement, forces, rest.ForcesElectronVoltPerAngstrom.Max(Math.Abs));
    }

    /// <summary>Second derivative of the energy, eV/A^2.</summary>
    /// <param name="moved">A component (3 atom + axis) of the cell.</param>
    /// <param name="component">A component of the supercell.</param>
    public double Curvature(int moved, int component) =>
        (_forces[2 * moved + 1][component] - _forces[2 * moved][component]) / (2 * DisplacementAngstrom);

    /// <summary>Writes the file <c>FORCE_SETS</c> of phonopy.</summary>
    public void Write(TextWriter output)
    {
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{Supercell.Frame.AtomCount}\n{_forces.Length}\n"));
        for (int set = 0; set < _forces.Length; set++)
        {
            int coordinate = CoordinateOf(set, Supercell);
            double[] step = new double[3];
            step[coordinate % 3] = SignOf(set) * DisplacementAngstrom;
            output.Write(string.Create(CultureInfo.InvariantCulture, $"\n{coordinate / 3 + 1}\n"));
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{step[0],20:F16} {step[1],20:F16} {step[2],20:F16}\n"));
            foreach (double[] f in _forces[set].Chunk(3))
                output.Write(string.Create(CultureInfo.InvariantCulture, $"{f[0],17:F12} {f[1],17:F12} {f[2],17:F12}\n"));
        }
    }

    // Sets come in pairs, forth and back, by atom and axis.
    private static int CoordinateOf(int set, Supercell supercell) => 3 * (set / 6 * supercell.CellCount) + set / 2 % 3;

    private static int SignOf(int set) => set % 2 == 0 ? 1 : -1;
}
