using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Parallel;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Prediction;

/// <summary>
/// Energies, forces and stress of structures, one atom after another, so that memory does not grow with derivatives; one instance a thread.
/// </summary>
public sealed class PotentialEvaluator
{
    private readonly PotentialModel _model;
    private readonly PotentialNetwork[] _networks;
    private readonly DescriptorKernel _kernel;
    private readonly double[] _values, _inputs, _slopes;
    private double[][] _memberForces;
    private ForceSums _forces = new(0);

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
    /// <param name="team">
    /// Ranks that deal the atoms among them, all of which call with the same structure and get the same answer; null: this one alone. The
    /// answer has the same bits.
    /// </param>
    public PotentialPrediction? Predict(AtomFrame frame, bool forces, out string? problem, ICommunicator? team = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (AtomSurroundings.TryCreate(frame, _model.Set, out problem) is not { } surroundings)
            return null;
        int members = _networks.Length;
        int coordinates = forces ? 3 * frame.AtomCount : 0;
        _forces = new ForceSums(members * coordinates);
        ShardSums sums = Sum(surroundings, members, coordinates, team);
        double? volume = frame.Cell is { } cell && frame.Periodicity == Periodicity.Crystal ? Math.Abs(cell.Volume) : null;
        double[] strain = sums.Strain.ToArray(), energies = sums.Energies.ToArray();
        _memberForces = [.. Enumerable.Range(0, members).Select(member => _forces.Read(member * coordinates, coordinates))];
        return new PotentialPrediction
        {
            EnergyElectronVolt = energies.Average(),
            ForcesElectronVoltPerAngstrom = MeanForces(),
            StressElectronVoltPerCubicAngstrom = forces && volume is { } size ? [.. strain.Select(value => value / size / members)] : null,
            StrainDerivativeElectronVolt = [.. strain.Select(value => value / members)],
            MemberEnergies = energies,
            ForceSpreads = members > 1 ? Spreads() : [],
            OddComposition = [.. _model.Compositions?.Warnings(_model.Elements, frame) ?? []],
            Extrapolations = sums.Extrapolations((atom, function) => _model.Set.FunctionsOf(
            _model.Set.NumberOf(frame.Species[atom]))[function]),
        };
    }

    private ShardSums Sum(AtomSurroundings surroundings, int members, int coordinates, ICommunicator? team)
    {
        var shards = new SpaceShards(surroundings.AtomCount);
        ShardSums sums = new(members), part = new(members);
        sums.Clear();
        int length = part.Numbers.Length, ranks = team?.Size ?? 1;
        double[] own = ranks > 1 ? new double[(shards.Count - team!.Rank + ranks - 1) / ranks * length] : [];
        for (int shard = team?.Rank ?? 0, place = 0; shard < shards.Count; shard += ranks, place += length)
        {
            part.Clear();
            foreach (AtomNeighborhood near in surroundings.Neighborhoods(shards.First(shard), shards.First(shard + 1)))
                Add(near, coordinates, part);
            if (ranks == 1)
                sums.Add(part.Numbers);
            else
                part.Numbers.CopyTo(own.AsSpan(place));
        }

        if (ranks == 1)
            return sums;
        _forces.AddRanks(team!);
        double[] all = ShardSums.Exchange(team!, own, shards.Count, length);
        for (int shard = 0; shard < shards.Count; shard++)
        {
            // Behind all shards of the ranks before its own.
            int rank = shard % ranks, before = Enumerable.Range(0, rank).Sum(other => (shards.Count - other + ranks - 1) / ranks);
            sums.Add(all.AsSpan((before + shard / ranks) * length, length));
        }

        return sums;
    }

    private void Add(AtomNeighborhood near, int coordinates, ShardSums sums)
    {
        int element = near.CenterElement;
        _kernel.Evaluate(near, coordinates > 0);
        int[] places = _kernel.Plan.Places;
        InputScaling scaling = _model.Scaling[element];
        Span<double> values = _values.AsSpan(0, places.Length), inputs = _inputs.AsSpan(0, places.Length);
        for (int f = 0; f < places.Length; f++)
            values[f] = _kernel.Values[places[f]];
        scaling.Apply(values, inputs);
        TellOutside(near.Center, element, values, sums);
        for (int member = 0; member < _networks.Length; member++)
        {
            ElementNetwork network = _networks[member].Elements[element];
            network.Forward(inputs, 1);
            sums.Energies[member] += _model.ReferenceElectronVolt[element] + _model.EnergyScaleElectronVolt * network.Energies[0];
            if (coordinates == 0)
                continue;
            network.Differentiate();
            Array.Clear(_slopes);
            for (int f = 0; f < places.Length; f++)
                _slopes[places[f]] = _model.EnergyScaleElectronVolt * scaling.Factor[f] * network.Slopes[f];
            Push(near, member * coordinates, sums.Strain);
        }

        Repel(near, coordinates, sums);
    }

    // Half of each pair from either side.
    private void Repel(AtomNeighborhood near, int coordinates, ShardSums sums)
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
                for (int member = 0; member < _networks.Length; member++)
                {
                    sums.Energies[member] += 0.5 * energy;
                    if (coordinates == 0)
                        continue;
                    int first = member * coordinates;
                    Push(first + from, x, y, z);
                    Push(first + to, -x, -y, -z);
                    Span<double> stress = [x * near.X[k], y * near.Y[k], z * near.Z[k], y * near.Z[k], x * near.Z[k], x * near.Y[k]];
                    for (int i = 0; i < 6; i++)
                        sums.Strain[i] += r * stress[i];
                }
            }
        }
    }

    // The chain rule from functions to positions and strain.
    private void Push(AtomNeighborhood near, int first, Span<double> strain)
    {
        int width = _kernel.Plan.Width;
        for (int slot = 0; slot < near.SlotCount; slot++)
        {
            ReadOnlySpan<double> derivatives = _kernel.DerivativesOf(slot);
            Push(
                first + 3 * near.Atoms[slot], -Dot(derivatives[..width]), -Dot(derivatives.Slice(width, width)),
                -Dot(derivatives.Slice(2 * width, width)));
        }

        for (int i = 0; i < 6; i++)
            strain[i] += Dot(_kernel.Strain.Slice(i * width, width));
    }

    private void Push(int index, double x, double y, double z)
    {
        _forces.Add(index, x);
        _forces.Add(index + 1, y);
        _forces.Add(index + 2, z);
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

    private void TellOutside(int atom, int element, ReadOnlySpan<double> values, ShardSums sums)
    {
        InputScaling scaling = _model.Scaling[element];
        for (int f = 0; f < values.Length; f++)
        {
            if (values[f] < scaling.Lowest[f] || values[f] > scaling.Highest[f])
                sums.Tell(atom, f, values[f], scaling.Lowest[f], scaling.Highest[f]);
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
