using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.Potentials.Model;

/// <summary>What an <see cref="IEnergyModel"/> says of a structure.</summary>
/// <param name="EnergyElectronVolt">Total energy, eV.</param>
/// <param name="ForcesElectronVoltPerAngstrom">Forces x, y, z on each atom in turn, eV/A.</param>
/// <param name="StrainDerivativeElectronVolt">
/// Derivative of the energy with respect to strain xx, yy, zz, yz, xz, xy, eV, where yz, xz and xy strain both off-diagonal elements by
/// half: volume times stress.
/// </param>
public sealed record AtomicEnergy(double EnergyElectronVolt, double[] ForcesElectronVoltPerAngstrom, double[] StrainDerivativeElectronVolt)
{
    /// <summary>What people should know before they trust it, such as surroundings unlike those of the training.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Stress xx, yy, zz, yz, xz, xy, eV/A^3, positive under tension; null where the structure is no crystal.</summary>
    public double[]? StressOf(AtomFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Cell is not { } cell || frame.Periodicity != Periodicity.Crystal)
            return null;
        double volume = Math.Abs(cell.Volume);
        return [.. StrainDerivativeElectronVolt.Select(value => value / volume)];
    }
}
