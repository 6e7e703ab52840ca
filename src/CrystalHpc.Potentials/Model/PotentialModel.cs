using CrystalHpc.Core.Elements;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Model;

/// <summary>
/// A neural potential: the energy of a structure is the sum of the energies of its atoms, E_i = reference + scale (output of the network of
/// its element), eV. A committee has several sets of weights.
/// </summary>
public sealed class PotentialModel
{
    /// <summary>A potential.</summary>
    /// <param name="set">Its symmetry functions.</param>
    /// <param name="hidden">Widths of the hidden layers.</param>
    /// <param name="scaling">How inputs are scaled, for each element.</param>
    /// <param name="referenceElectronVolt">Reference energy of an atom of each element, eV.</param>
    /// <param name="energyScaleElectronVolt">Unit of the outputs of the networks, eV.</param>
    /// <param name="members">Number of networks of the committee.</param>
    public PotentialModel(
        FunctionSet set, IReadOnlyList<int> hidden, IReadOnlyList<InputScaling> scaling, double[] referenceElectronVolt,
            double energyScaleElectronVolt, int members)
    {
        ArgumentNullException.ThrowIfNull(set);
        (Set, Hidden, Scaling, ReferenceElectronVolt, EnergyScaleElectronVolt) = (set, hidden, scaling, referenceElectronVolt,
            energyScaleElectronVolt);
        ShortRange = ShortRange.None(set.Elements);
        Members = [.. Enumerable.Range(0, members).Select(_ => new ParameterBuffer<double>(CreateNetwork().Parameters))];
    }

    /// <summary>Its symmetry functions.</summary>
    public FunctionSet Set { get; }

    /// <summary>Its elements.</summary>
    public IReadOnlyList<Element> Elements => Set.Elements;

    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>How inputs are scaled, for each element.</summary>
    public IReadOnlyList<InputScaling> Scaling { get; }

    /// <summary>Reference energy of an atom of each element, eV.</summary>
    public double[] ReferenceElectronVolt { get; }

    /// <summary>Unit of the outputs of the networks, eV.</summary>
    public double EnergyScaleElectronVolt { get; }

    /// <summary>The parameters of each network of the committee.</summary>
    public IReadOnlyList<ParameterBuffer<double>> Members { get; }

    /// <summary>Keeps atoms apart where the training knows nothing.</summary>
    public ShortRange ShortRange { get; init; }

    /// <summary>Compositions of the training; null where they are not known.</summary>
    public CompositionRange? Compositions { get; set; }

    /// <summary>How sure its predictions are, and where they end.</summary>
    public Confidence Confidence { get; set; } = Confidence.Unknown;

    /// <summary>A network of this shape; give it parameters by <see cref="ParameterBuffer{T}.Share"/>.</summary>
    public PotentialNetwork CreateNetwork() => new(Set, Hidden);
}

/// <summary>
/// Standard errors of predictions, such that 1.645 of them cover nine tenths of the validation structures, and how far outside the range of
/// the training an input may lie.
/// </summary>
/// <param name="EnergyPerAtomElectronVolt">Standard error of the energy an atom that does not depend on the structure, eV.</param>
/// <param name="EnergySpreadFactor">What the spread of a committee is multiplied by and added to it, as squares.</param>
/// <param name="ForceElectronVoltPerAngstrom">Standard error of a force component that does not depend on the structure, eV/A.</param>
/// <param name="ForceSpreadFactor">What the spread of a committee is multiplied by and added to it, as squares.</param>
/// <param name="LargestExcess">Largest distance of a symmetry function from the range of the training, in units of the range, without a
/// warning.</param>
public sealed record Confidence(
    double EnergyPerAtomElectronVolt, double EnergySpreadFactor, double ForceElectronVoltPerAngstrom, double ForceSpreadFactor,
        double LargestExcess)
{
    /// <summary>Of models that do not say: no standard errors, and every function outside the range is warned about.</summary>
    public static Confidence Unknown { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, 1e-6);

    /// <summary>Standard error of an energy, eV; null where it is not known.</summary>
    public double? OfEnergy(double spread, int atoms) => Of(EnergyPerAtomElectronVolt * atoms, EnergySpreadFactor * spread);

    /// <summary>Standard error of a force component, eV/A; null where it is not known.</summary>
    public double? OfForce(double spread) => Of(ForceElectronVoltPerAngstrom, ForceSpreadFactor * spread);

    private static double? Of(double constant, double varying) => double.IsNaN(constant) ? null
        : Math.Sqrt(constant * constant + varying * varying);
}
