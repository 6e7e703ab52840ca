using System.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Training;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Training;

/// <summary>The loss of a crystal network: magnitudes of the deviations of scaled targets, which near zero are squares, so that it is
/// smooth. Unknown targets cost nothing.</summary>
/// <param name="network">The network.</param>
/// <param name="graphs">The graphs of all samples.</param>
/// <param name="targets">Scaled targets, those of a sample end to end; NaN where unknown.</param>
/// <param name="isQuestion">Targets that are 0 or 1, whose outputs are ln of the odds of 1; null: none.</param>
/// <param name="start">Gives values to parameters that do not start from nothing.</param>
public sealed class PropertyTask<T>(
    CrystalNetwork<T> network, IReadOnlyList<CrystalGraph> graphs, double[] targets, IReadOnlyList<bool>? isQuestion = null,
    Action<ulong, IReadOnlyList<Parameter<T>>>? start = null) : ITrainingTask<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // In units of the scale of a target; the weight makes slopes beyond it 1.
    private const double Smooth = 0.1;

    private static readonly RegressionLoss Measure = new(RegressionLossKind.Huber, Smooth);

    private readonly int _width = targets.Length / graphs.Count;
    private readonly bool _hasQuestions = isQuestion?.Contains(true) ?? false;
    private readonly Tensor<T> _targets = new(), _gradient = new();
    private T[] _weights = [];

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => network.Parameters;

    /// <inheritdoc/>
    public void Initialize(ulong seed)
    {
        network.Initialize(seed);
        start?.Invoke(seed, network.Parameters);
    }

    /// <inheritdoc/>
    public double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        double loss = Evaluate(samples, pass);
        network.Backward(_gradient);
        return loss;
    }

    /// <inheritdoc/>
    public double Loss(ReadOnlySpan<int> samples) => Evaluate(samples, ForwardPass.Prediction);

    private double Evaluate(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        if (_weights.Length < samples.Length)
        {
            _weights = new T[samples.Length];
            Array.Fill(_weights, T.CreateChecked(1 / Smooth));
        }

        _targets.Resize(samples.Length, _width);
        for (int row = 0; row < samples.Length; row++)
        {
            for (int k = 0; k < _width; k++)
                _targets.Row(row)[k] = IsQuestion(k) ? T.NaN : T.CreateChecked(targets[samples[row] * _width + k]);
        }

        Tensor<T> outputs = network.Forward(graphs, samples, pass);
        double loss = Measure.Evaluate<T>(outputs, _targets, _weights.AsSpan(0, samples.Length), _gradient);
        return _hasQuestions ? loss + AddQuestions(outputs, samples) : loss;
    }

    private bool IsQuestion(int k) => _hasQuestions && isQuestion![k];

    // -ln of the probability that the network gives to the right answer.
    private double AddQuestions(Tensor<T> outputs, ReadOnlySpan<int> samples)
    {
        double loss = 0;
        for (int row = 0; row < samples.Length; row++)
        {
            for (int k = 0; k < _width; k++)
            {
                double answer = targets[samples[row] * _width + k];
                if (!IsQuestion(k) || double.IsNaN(answer))
                    continue;
                double odds = double.CreateChecked(outputs.Row(row)[k]), p = Odds.Probability(odds);
                loss += Odds.Loss(odds, answer);
                _gradient.Row(row)[k] = T.CreateChecked(p - answer);
            }
        }

        return loss;
    }
}
