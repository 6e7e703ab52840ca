using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Prediction;

/// <summary>A neural potential as an <see cref="IEnergyModel"/>; what lies outside its training is told as a warning.</summary>
/// <param name="name">Its name, for people.</param>
/// <param name="model">The potential.</param>
public sealed class NeuralEnergyModel(string name, PotentialModel model) : IEnergyModel
{
    private readonly PotentialEvaluator _evaluator = new(model);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool Knows(Element element) => model.Set.NumberOf(element) >= 0;

    /// <inheritdoc/>
    public AtomicEnergy? Compute(AtomFrame frame, out string? problem)
    {
        if (_evaluator.Predict(frame, forces: true, out problem) is not { } found)
            return null;
        return new AtomicEnergy(found.EnergyElectronVolt, found.ForcesElectronVoltPerAngstrom, found.StrainDerivativeElectronVolt)
        {
            Warnings = [.. found.Extrapolations.Where(entry => entry.Excess > model.Confidence.LargestExcess).Select(entry => entry.ToString())],
        };
    }
}
