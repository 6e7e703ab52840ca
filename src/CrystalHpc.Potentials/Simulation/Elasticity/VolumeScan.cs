using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Simulation.Elasticity;

/// <summary>A crystal at several volumes.</summary>
/// <param name="Volumes">Volumes, A^3, ascending.</param>
/// <param name="Energies">Energies there, eV.</param>
/// <param name="Warnings">What the model warned of.</param>
internal sealed record VolumeScan(double[] Volumes, double[] Energies, IReadOnlyList<string> Warnings)
{
    /// <summary>Scales a crystal, and relaxes its atoms at each volume.</summary>
    /// <param name="model">What gives energies.</param>
    /// <param name="frame">The crystal; its volume is the middle one.</param>
    /// <param name="range">Smallest and largest volume differ from it by this share.</param>
    /// <param name="points">Number of volumes.</param>
    /// <param name="relaxation">How atoms are relaxed; the cell is not.</param>
    /// <param name="problem">Why there is no answer; null when there is one.</param>
    public static VolumeScan? Compute(IEnergyModel model, AtomFrame frame, double range, int points, RelaxationOptions relaxation,
        out string? problem)
    {
        (var volumes, var energies, var warnings) = (new double[points], new double[points], new List<string>());
        for (int i = 0; i < points; i++)
        {
            double ratio = 1 + range * (2.0 * i / (points - 1) - 1);
            double factor = Math.Cbrt(ratio);
            AtomFrame scaled = frame.Map(v => factor * v);
            if (StructureRelaxation.Relax(model, scaled, relaxation with { WithCell = false }, out problem) is not { } relaxed)
                return null;
            (volumes[i], energies[i]) = (Math.Abs(scaled.Cell!.Value.Volume), relaxed.Energy.EnergyElectronVolt);
            warnings.AddRange(relaxed.Energy.Warnings);
        }

        problem = null;
        return new VolumeScan(volumes, energies, [.. warnings.Distinct()]);
    }
}
