using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model.Descriptors;

namespace CrystalHpc.Potentials.Training;

/// <summary>What a sample is to be fitted to.</summary>
/// <param name="EnergyElectronVolt">Energy less the reference energies of its atoms, eV; NaN: not fitted.</param>
/// <param name="ForcesElectronVoltPerAngstrom">Forces, eV/A; null: not fitted.</param>
/// <param name="StressElectronVoltPerCubicAngstrom">Stress xx, yy, zz, yz, xz, xy, eV/A^3; null: not fitted.</param>
/// <param name="VolumeCubicAngstrom">Volume of the cell, A^3.</param>
internal sealed record Labels(
    double EnergyElectronVolt, double[]? ForcesElectronVoltPerAngstrom, double[]? StressElectronVoltPerCubicAngstrom,
        double VolumeCubicAngstrom)
{
    /// <summary>The labels of a structure.</summary>
    /// <param name="row">The structure.</param>
    /// <param name="set">The functions, which know its elements.</param>
    /// <param name="references">Reference energy of an atom of each element, eV.</param>
    public static Labels Of(LabelledFrame row, FunctionSet set, double[] references) => new(
        row.Frame.EnergyElectronVolt!.Value - row.Frame.Species.Sum(element => references[set.NumberOf(element)]),
        row.Frame.ForcesElectronVoltPerAngstrom, row.Frame.StressElectronVoltPerCubicAngstrom, Math.Abs(row.Frame.Cell?.Volume ?? 1));
}

/// <summary>
/// How much deviations count: the loss of a sample is energy (dE/N)^2 + force sum dF^2 + stress sum dS^2, in eV/atom, eV/A and eV/A^3; so
/// that its mean over all samples is the weighted sum of mean squares.
/// </summary>
/// <param name="Energy">Weight of the square of the error of the energy an atom.</param>
/// <param name="Force">Weight of the square of each force component.</param>
/// <param name="Stress">Weight of the square of each component of the stress.</param>
internal readonly record struct LossWeights(double Energy, double Force, double Stress);
