using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Training;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Training;

/// <summary>
/// The loss of a potential on energies, forces and stress, its gradient, and the Jacobian of all deviations. One instance a thread.
/// </summary>
internal sealed class EnergyForceTask : ITrainingTask<double>, IResidualTask
{
    private readonly PotentialNetwork _network;
    private readonly SampleTable _table;
    private readonly IReadOnlyList<Labels> _labels;
    private readonly LossWeights _weights;
    private readonly double _scale;
    private readonly double[]? _start;
    private readonly DescriptorKernel _kernel;
    private readonly JacobianSpace _space = new();
    private readonly SampleBatch _batch;
    private readonly int[] _offsets;

    /// <summary>A task.</summary>
    /// <param name="network">The networks.</param>
    /// <param name="table">Inputs and derivatives.</param>
    /// <param name="labels">What each sample is fitted to.</param>
    /// <param name="weights">How much deviations count.</param>
    /// <param name="energyScale">Unit of the outputs of the networks, eV.</param>
    /// <param name="start">Weights to start from, by the order of the parameters; null: drawn ones.</param>
    public EnergyForceTask(
        PotentialNetwork network, SampleTable table, IReadOnlyList<Labels> labels, LossWeights weights, double energyScale,
            double[]? start = null)
    {
        (_network, _table, _labels, _weights, _scale, _start) = (network, table, labels, weights, energyScale, start);
        _kernel = new DescriptorKernel(table.Set);
        _batch = new SampleBatch(network, table, energyScale);
        Parameters = network.Parameters;
        _offsets = new int[network.Elements.Count + 1];
        for (int element = 0; element < network.Elements.Count; element++)
            _offsets[element + 1] = _offsets[element] + network.Elements[element].Parameters.Sum(parameter => parameter.Length);
    }

    /// <inheritdoc cref="ITrainingTask{T}.Parameters"/>
    public IReadOnlyList<Parameter<double>> Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> BlockEnds => _offsets[1..];

    /// <inheritdoc cref="ITrainingTask{T}.Initialize"/>
    public void Initialize(ulong seed)
    {
        if (_start is not null)
        {
            ReadOnlySpan<double> rest = _start;
            foreach (Parameter<double> parameter in Parameters)
            {
                rest[..parameter.Length].CopyTo(parameter.Values);
                rest = rest[parameter.Length..];
            }

            return;
        }

        for (int element = 0; element < _network.Elements.Count; element++)
            _network.Elements[element].Initialize(new CounterRandom(seed, (ulong)element, stream: 3));
    }

    /// <inheritdoc/>
    public double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass) => Evaluate(samples, isGradient: true);

    /// <inheritdoc cref="ITrainingTask{T}.Loss"/>
    public double Loss(ReadOnlySpan<int> samples) => Evaluate(samples, isGradient: false);

    /// <inheritdoc/>
    public int ResidualsOf(int sample)
    {
        Labels labels = _labels[sample];
        int energies = double.IsNaN(labels.EnergyElectronVolt) || _weights.Energy == 0 ? 0 : 1;
        return energies + (HasForces(labels) ? 3 * _table.AtomsOf(sample) : 0) + (HasStress(labels) ? 6 : 0);
    }

    /// <inheritdoc/>
    public void Residuals(int sample, Span<double> residuals, Span<double> jacobian, int stride)
    {
        Labels labels = _labels[sample];
        int atoms = _table.AtomsOf(sample), row = 0;
        bool hasForces = HasForces(labels), hasStress = HasStress(labels), hasSlopes = hasForces || hasStress;
        SampleDerivatives? derivatives = hasSlopes ? _table.DerivativesOf(sample, _kernel) : null;
        _batch.Forward([sample], hasSlopes);
        if (!double.IsNaN(labels.EnergyElectronVolt) && _weights.Energy != 0)
        {
            double factor = Math.Sqrt(_weights.Energy) / atoms;
            residuals[row] = factor * (labels.EnergyElectronVolt - _batch.EnergyOf(0));
            AddEnergyRow(factor, jacobian[(row * stride)..]);
            row++;
        }

        if (!hasSlopes)
            return;
        int[] rows = new int[3 * (atoms + 2)];
        Array.Fill(rows, -1);
        var factors = new double[atoms + 2];
        var predicted = new double[3 * (atoms + 2)];
        _batch.AddSlopes(0, derivatives!, predicted);
        if (hasForces)
        {
            double factor = Math.Sqrt(_weights.Force);
            for (int i = 0; i < 3 * atoms; i++, row++)
            {
                (rows[i], factors[i / 3]) = (row, -factor);
                residuals[row] = factor * (labels.ForcesElectronVoltPerAngstrom![i] + predicted[i]);
            }
        }

        if (hasStress)
        {
            double factor = Math.Sqrt(_weights.Stress), inverse = 1 / labels.VolumeCubicAngstrom;
            for (int i = 0; i < 6; i++, row++)
            {
                (rows[3 * atoms + i], factors[atoms + i / 3]) = (row, factor * inverse);
                residuals[row] = factor * (labels.StressElectronVoltPerCubicAngstrom![i] - predicted[3 * atoms + i] * inverse);
            }
        }

        AddSlopeRows(derivatives!, atoms, rows, factors, jacobian, stride);
    }

    private bool HasForces(Labels labels) => _weights.Force > 0 && labels.ForcesElectronVoltPerAngstrom is not null;

    private bool HasStress(Labels labels) => _weights.Stress > 0 && labels.StressElectronVoltPerCubicAngstrom is not null;

    private double Evaluate(ReadOnlySpan<int> samples, bool isGradient)
    {
        bool hasSlopes = false;
        foreach (int sample in samples)
            hasSlopes |= HasForces(_labels[sample]) || HasStress(_labels[sample]);
        _batch.Forward(samples, hasSlopes);
        if (isGradient)
            _batch.ClearSeeds(hasSlopes);
        double loss = 0;
        for (int k = 0; k < samples.Length; k++)
        {
            Labels labels = _labels[samples[k]];
            int atoms = _table.AtomsOf(samples[k]);
            if (!double.IsNaN(labels.EnergyElectronVolt))
            {
                double error = (_batch.EnergyOf(k) - labels.EnergyElectronVolt) / atoms;
                loss += _weights.Energy * error * error;
                if (isGradient)
                    _batch.Seed(k, 2 * _weights.Energy * error / atoms);
            }

            if (!HasForces(labels) && !HasStress(labels))
                continue;
            SampleDerivatives derivatives = _table.DerivativesOf(samples[k], _kernel);
            var slopes = new double[3 * (atoms + 2)];
            _batch.AddSlopes(k, derivatives, slopes);
            loss += Deviate(labels, slopes, atoms);
            if (isGradient)
                _batch.AddDirections(k, derivatives, slopes);
        }

        if (isGradient)
            _batch.AddGradient(hasSlopes);
        return loss;
    }

    // The loss of forces and stress; slopes of the energy become slopes of the loss with respect to them.
    private double Deviate(Labels labels, double[] slopes, int atoms)
    {
        double loss = 0;
        for (int i = 0; i < 3 * atoms; i++)
        {
            double error = HasForces(labels) ? slopes[i] + labels.ForcesElectronVoltPerAngstrom![i] : 0;
            loss += _weights.Force * error * error;
            slopes[i] = 2 * _weights.Force * error;
        }

        for (int i = 0; i < 6; i++)
        {
            double inverse = 1 / labels.VolumeCubicAngstrom;
            double error = HasStress(labels) ? slopes[3 * atoms + i] * inverse - labels.StressElectronVoltPerCubicAngstrom![i] : 0;
            loss += _weights.Stress * error * error;
            slopes[3 * atoms + i] = HasStress(labels) ? 2 * _weights.Stress * error * inverse : 0;
        }

        return loss;
    }

    private void AddEnergyRow(double factor, Span<double> row)
    {
        foreach (Parameter<double> parameter in Parameters)
            parameter.Gradient.Clear();
        _batch.ClearSeeds(false);
        _batch.Seed(0, factor);
        _batch.AddGradient(false);
        int offset = 0;
        foreach (Parameter<double> parameter in Parameters)
        {
            parameter.Gradient.CopyTo(row[offset..]);
            offset += parameter.Length;
        }
    }

    private void AddSlopeRows(SampleDerivatives derivatives, int atoms, int[] rows, double[] factors, Span<double> jacobian, int stride)
    {
        double[] directions = [];
        int[] starts = [];
        for (int atom = 0; atom < atoms; atom++)
        {
            (int element, int place) = _batch.PlaceOf(0, atom);
            int width = _network.Elements[element].Widths[0], packed = SampleDerivatives.StrideOf(width), count = 0;
            int most = 3 * (derivatives.Starts[atom + 1] - derivatives.Starts[atom]);
            if (directions.Length < most * width)
                directions = new double[most * width];
            if (starts.Length < most)
                starts = new int[most];
            for (int entry = derivatives.Starts[atom]; entry < derivatives.Starts[atom + 1]; entry++)
            {
                int target = derivatives.Targets[entry];
                for (int axis = 0; axis < 3 && rows[3 * target + axis] >= 0; axis++, count++)
                {
                    ReadOnlySpan<float> source = derivatives.Row(atom, entry, axis, packed);
                    for (int f = 0; f < width; f++)
                        directions[count * width + f] = _scale * factors[target] * source[f];
                    starts[count] = rows[3 * target + axis] * stride + _offsets[element];
                }
            }

            if (count > 0)
                _space.Add(_network.Elements[element], place, directions, count, starts, jacobian);
        }
    }
}
