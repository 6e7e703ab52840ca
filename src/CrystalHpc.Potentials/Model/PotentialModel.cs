using CrystalHpc.Core.Elements;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Model;

/// <summary>
/// A neural potential: the energy of a structure is the sum of the energies of its atoms, E_i = reference + scale (output of the network of its element), eV. A committee
/// has several sets of weights.
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
        FunctionSet set, IReadOnlyList<int> hidden, IReadOnlyList<InputScaling> scaling, double[] referenceElectronVolt, double energyScaleElectronVolt, int members)
    {
        (Set, Hidden, Scaling, ReferenceElectronVolt, EnergyScaleElectronVolt) = (set, hidden, scaling, referenceElectronVolt, energyScaleElectronVolt);
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

    /// <summary>A network of this shape; give it parameters by <see cref="ParameterBuffer{T}.Share"/>.</summary>
    public PotentialNetwork CreateNetwork() => new(Set, Hidden);
}
