using CrystalHpc.Core.Findings;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Prediction;

/// <summary>A structure with what a potential says of it.</summary>
/// <param name="Row">The structure.</param>
/// <param name="Prediction">The prediction.</param>
internal sealed record JudgedFrame(LabelledFrame Row, PotentialPrediction Prediction)
{
    /// <summary>Predicted less actual energy an atom, eV.</summary>
    public double EnergyError => (Prediction.EnergyElectronVolt - Row.Frame.EnergyElectronVolt!.Value) / Row.Frame.AtomCount;

    /// <summary>Predicted less actual force components, eV/A; none where there are no actual ones.</summary>
    public IEnumerable<double> ForceErrors => Row.Frame.ForcesElectronVoltPerAngstrom is { } actual
        ? Prediction.ForcesElectronVoltPerAngstrom.Zip(actual, (found, known) => found - known) : [];

    /// <summary>How far the worst symmetry function lies outside the range of the training, in units of the range.</summary>
    public double Excess => Prediction.Extrapolations.Count > 0 ? Prediction.Extrapolations[0].Excess : 0;

    /// <summary>True where nothing is to be warned of.</summary>
    /// <param name="confidence">Where predictions end.</param>
    public bool IsInDomain(Confidence confidence) => !Prediction.Warnings(confidence.LargestExcess).Any();

    /// <summary>Predicts structures on all cores, in their order.</summary>
    /// <param name="model">The potential.</param>
    /// <param name="rows">The structures.</param>
    /// <param name="refused">Receives those that cannot be predicted.</param>
    public static JudgedFrame[] Predict(PotentialModel model, IReadOnlyList<LabelledFrame> rows, ICollection<FrameFinding> refused)
    {
        var predictions = new PotentialPrediction?[rows.Count];
        var problems = new string?[rows.Count];
        global::System.Threading.Tasks.Parallel.For(0, rows.Count, () => new PotentialEvaluator(model), (i, _, evaluator) =>
        {
            predictions[i] = evaluator.Predict(rows[i].Frame, forces: true, out problems[i]);
            return evaluator;
        }, _ => { });
        for (int i = 0; i < rows.Count; i++)
        {
            if (predictions[i] is null)
                refused.Add(new FrameFinding(rows[i].File, rows[i].Number,
                    new Finding(PotentialFindings.Structure, rows[i].Line, 0, problems[i]!)));
        }

        return [.. rows.Zip(predictions).Where(pair => pair.Second is not null).Select(pair => new JudgedFrame(pair.First, pair.Second!))];
    }
}
