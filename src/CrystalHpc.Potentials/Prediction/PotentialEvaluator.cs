using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Prediction;

/// <summary>
/// Energies, forces and stress of structures, one atom after another, so that memory does not grow with derivatives; one instance a thread.
/// </summary>
public sealed class PotentialEvaluator
{
    private const int ShownExtrapolations = 5;

    private readonly PotentialModel _model;
    private readonly PotentialNetwork[] _networks;
    private readonly DescriptorKernel _kernel;
    private readonly double[] _values, _inputs, _slopes;
    private double[][] _memberForces;

    /// <summary>An evaluator of a potential.</summary>
    public PotentialEvaluator(PotentialModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _kernel = new DescriptorKernel(model.Set);
        _networks = [.. model.Members.Select(member =>
        {
            PotentialNetwork network = model.CreateNetwork();
            member.Share(network.Parameters);
            return network;
        })];
        int most = Enumerable.Range(0, model.Elements.Count).Max(element => model.Set.FunctionsOf(element).Count);
        (_values, _inputs, _slopes) = (new double[most], new double[most], new double[model.Set.Plans.Max(plan => plan.Width)]);
        _memberForces = [.. _networks.Select(_ => Array.Empty<double>())];
    }

    /// <summary>Predicts a structure.</summary>
    /// <param name="frame">The structure.</param>
    /// <param name="forces">Forces and stress are wanted, too.</param>
    /// <param name="problem">Why there is no answer; null when there is one.</param>
    public PotentialPrediction? Predict(AtomFrame frame, bool forces, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (AtomSurroundings.TryCreate(frame, _model.Set, out problem) is not { } surroundings)
            return null;
        var energies = new double[_networks.Length];
        var strain = new double[6];
        _memberForces = [.. _networks.Select(_ => new double[forces ? 3 * frame.AtomCount : 0])];
        var outside = new List<Extrapolation>();
        foreach (AtomNeighborhood near in surroundings.Neighborhoods())
            Add(near, forces, energies, strain, outside);
        int members = _networks.Length;
        double? volume = frame.Cell is { } cell && frame.Periodicity == Periodicity.Crystal ? Math.Abs(cell.Volume) : null;
        return new PotentialPrediction
        {
            EnergyElectronVolt = energies.Average(),
            ForcesElectronVoltPerAngstrom = MeanForces(),
            StressElectronVoltPerCubicAngstrom = forces && volume is { } size ? [.. strain.Select(value => value / size / members)] : null,
            StrainDerivativeElectronVolt = [.. strain.Select(value => value / members)],
            MemberEnergies = energies,
            ForceSpreads = members > 1 ? Spreads() : [],
            Extrapolations = [.. outside.OrderByDescending(entry => entry.Excess).Take(ShownExtrapolations)],
        };
    }

    private void Add(AtomNeighborhood near, bool forces, double[] energies, double[] strain, List<Extrapolation> outside)
    {
        int element = near.CenterElement;
        _kernel.Evaluate(near, forces);
        int[] places = _kernel.Plan.Places;
        InputScaling scaling = _model.Scaling[element];
        Span<double> values = _values.AsSpan(0, places.Length), inputs = _inputs.AsSpan(0, places.Length);
        for (int f = 0; f < places.Length; f++)
            values[f] = _kernel.Values[places[f]];
        scaling.Apply(values, inputs);
        TellOutside(near.Center, element, values, outside);
        for (int member = 0; member < _networks.Length; member++)
        {
            ElementNetwork network = _networks[member].Elements[element];
            network.Forward(inputs, 1);
            energies[member] += _model.ReferenceElectronVolt[element] + _model.EnergyScaleElectronVolt * network.Energies[0];
            if (!forces)
                continue;
            network.Differentiate();
            Array.Clear(_slopes);
            for (int f = 0; f < places.Length; f++)
                _slopes[places[f]] = _model.EnergyScaleElectronVolt * scaling.Factor[f] * network.Slopes[f];
            Push(near, _memberForces[member], strain);
        }

        Repel(near, forces, energies, strain);
    }

    // Half of each pair from either side.
    private void Repel(AtomNeighborhood near, bool forces, double[] energies, double[] strain)
    {
        for (int element = 0; element < _model.Elements.Count; element++)
        {
            for (int k = near.Start[element]; k < near.Start[element] + near.Count[element]; k++)
            {
                (double energy, double slope) = _model.ShortRange.At(near.CenterElement, element, near.R[k]);
                if (energy == 0)
                    continue;
                double x = 0.5 * slope * near.X[k], y = 0.5 * slope * near.Y[k], z = 0.5 * slope * near.Z[k], r = near.R[k];
                int from = 3 * near.Center, to = 3 * near.Atoms[near.Slot[k]];
                for (int member = 0; member < energies.Length; member++)
                {
                    energies[member] += 0.5 * energy;
                    if (!forces)
                        continue;
                    double[] own = _memberForces[member];
                    (own[from], own[from + 1], own[from + 2]) = (own[from] + x, own[from + 1] + y, own[from + 2] + z);
                    (own[to], own[to + 1], own[to + 2]) = (own[to] - x, own[to + 1] - y, own[to + 2] - z);
                    Span<double> stress = [x * near.X[k], y * near.Y[k], z * near.Z[k], y * near.Z[k], x * near.Z[k], x * near.Y[k]];
                    for (int i = 0; i < 6; i++)
                        strain[i] += r * stress[i];
                }
            }
        }
    }

    // The chain rule from functions to positions and strain.
    private void Push(AtomNeighborhood near, double[] forces, double[] strain)
    {
        int width = _kernel.Plan.Width;
        for (int slot = 0; slot < near.SlotCount; slot++)
        {
            ReadOnlySpan<double> derivatives = _kernel.DerivativesOf(slot);
            int atom = near.Atoms[slot];
            for (int axis = 0; axis < 3; axis++)
                forces[3 * atom + axis] -= Dot(derivatives.Slice(axis * width, width));
        }

        for (int i = 0; i < 6; i++)
            strain[i] += Dot(_kernel.Strain.Slice(i * width, width));
    }

    // Widths are whole vectors.
    private double Dot(ReadOnlySpan<double> derivatives)
    {
        ReadOnlySpan<Vector512<double>> left = MemoryMarshal.Cast<double, Vector512<double>>(derivatives),
            right = MemoryMarshal.Cast<double, Vector512<double>>(_slopes);
        Vector512<double> sum = Vector512<double>.Zero;
        for (int i = 0; i < left.Length; i++)
            sum = Vector512.FusedMultiplyAdd(left[i], right[i], sum);
        return Vector512.Sum(sum);
    }

    private void TellOutside(int atom, int element, ReadOnlySpan<double> values, List<Extrapolation> outside)
    {
        InputScaling scaling = _model.Scaling[element];
        for (int f = 0; f < values.Length; f++)
        {
            if (values[f] >= scaling.Lowest[f] && values[f] <= scaling.Highest[f])
                continue;
            var found = new Extrapolation(atom, _model.Set.FunctionsOf(element)[f], values[f], scaling.Lowest[f], scaling.Highest[f]);
            if (found.Excess > 0)
                outside.Add(found);
        }
    }

    private double[] MeanForces()
    {
        double[] mean = [.. _memberForces[0]];
        for (int i = 0; i < mean.Length && _memberForces.Length > 1; i++)
            mean[i] = _memberForces.Average(forces => forces[i]);
        return mean;
    }

    private double[] Spreads()
    {
        var spreads = new double[_memberForces[0].Length];
        for (int i = 0; i < spreads.Length; i++)
        {
            double mean = _memberForces.Average(forces => forces[i]);
            spreads[i] = Math.Sqrt(_memberForces.Sum(forces => (forces[i] - mean) * (forces[i] - mean)) / (_memberForces.Length - 1));
        }

        return spreads;
    }
}
