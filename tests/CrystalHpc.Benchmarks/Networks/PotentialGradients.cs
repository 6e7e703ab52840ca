using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;
using CrystalHpc.Potentials.Training;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// The gradient of the loss of all structures, of energies alone and of energies and forces, against torch with the same network, weights
/// and symmetry functions. One thread, double precision, processor time.
/// </summary>
internal sealed class PotentialGradients
{
    private static readonly int[] Hidden = [15, 15];

    private readonly FunctionSet _set;
    private readonly AtomFrame[] _frames;
    private readonly SampleTable _table;
    private readonly Labels[] _labels;

    private PotentialGradients(FunctionSet set, AtomFrame[] frames)
    {
        (_set, _frames) = (set, frames);
        _table = new SampleTable(set, frames, hasStrain: false, 1L << 32);
        _table.Scale(_table.FindScaling(Enumerable.Range(0, frames.Length)));
        _labels = [.. frames.Select(frame => new Labels(0, frame.ForcesElectronVoltPerAngstrom, null, 1))];
    }

    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        AtomFrame[] frames = TitaniaFrames.Read(args);
        FunctionSet set = NamedSets.Create("artrith_urban", [Element.Of("O"), Element.Of("Ti")]);
        return frames.Length == 0 ? []
            : new PotentialGradients(set, [.. frames.Take(Arguments.Number(args, "--frames", int.MaxValue))]).Compete(args);
    }

    private List<ContestResult> Compete(string[] args)
    {
        List<ContestResult> results = [];
        string file = Path.Combine(Path.GetTempPath(), $"crystalhpc-potential-{Environment.ProcessId}.bin");
        try
        {
            Objective energies = Create(0), forces = Create(1e-3);
            WriteSamples(file, forces.Point);
            using PythonPeer? torch = PythonPeer.TryStart(args, "potential_peer.py", file);
            if (torch is not null)
                Console.WriteLine(torch.Greeting);
            (string, string, Objective)[] losses = [("energies", "0", energies), ("energies and forces", "1e-3", forces)];
            foreach ((string name, string word, Objective own) in losses)
            {
                if (torch is not null)
                    Compare(name, own, torch.Ask(word));
                string title = $"gradient of the loss of {name}, {_frames.Length} structures, 70-15-15-1";
                var contest = new Contest(title, _frames.Sum(frame => frame.AtomCount), "atoms");
                contest.Add("CrystalHpc", Timing.Processor(() => own.Evaluate()));
                if (torch is not null)
                    contest.AddPeer("torch", () => torch.Ask(word)[0], aim: 1);
                results.AddRange(contest.Run(args, 3));
            }

            return results;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Compare(string name, Objective own, double[] theirs)
    {
        double value = own.Evaluate(), norm = Math.Sqrt(own.Gradient.Sum(g => g * g));
        Console.WriteLine(FormattableString.Invariant($"{name}: loss {value:0.########}, torch differs by {theirs[1] / value - 1:0.0e+0}; ")
            + FormattableString.Invariant($"norm of the gradient {norm:0.########}, by {theirs[2] / norm - 1:0.0e+0}"));
    }

    private Objective Create(double force)
    {
        EnergyForceTask Task() => new(new PotentialNetwork(_set, Hidden), _table, _labels, new LossWeights(1, force, 0), 1);
        TrainingOptions options = TrainingOptions.Default with { Batch = 60, Shard = 60, WeightDecay = 0 };
        int[] all = [.. Enumerable.Range(0, _frames.Length)];
        return new Objective(new FullBatchObjective(Task, all, options, new SerialCommunicator()));
    }

    // Weights, then for each structure: atoms, elements, inputs, derivatives [atom][function][target][axis] in single precision, forces.
    private void WriteSamples(string path, double[] weights)
    {
        using var writer = new BinaryWriter(File.Create(path));
        var kernel = new DescriptorKernel(_set);
        writer.Write(_frames.Length);
        writer.Write(weights.Length);
        Array.ForEach(weights, writer.Write);
        for (int sample = 0; sample < _frames.Length; sample++)
        {
            int atoms = _table.AtomsOf(sample), functions = _set.FunctionsOf(0).Count;
            writer.Write(atoms);
            foreach (int element in _table.ElementsOf(sample))
                writer.Write(element);
            var dense = new float[atoms * functions * atoms * 3];
            SampleDerivatives derivatives = _table.DerivativesOf(sample, kernel);
            for (int atom = 0; atom < atoms; atom++)
            {
                foreach (double input in _table.InputsOf(sample, atom))
                    writer.Write(input);
                for (int entry = derivatives.Starts[atom]; entry < derivatives.Starts[atom + 1]; entry++)
                {
                    for (int axis = 0; axis < 3; axis++)
                    {
                        ReadOnlySpan<float> row = derivatives.Row(atom, entry, axis, SampleDerivatives.StrideOf(functions));
                        for (int f = 0; f < functions; f++)
                            dense[((atom * functions + f) * atoms + derivatives.Targets[entry]) * 3 + axis] += row[f];
                    }
                }
            }

            writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(dense.AsSpan()));
            Array.ForEach(_labels[sample].ForcesElectronVoltPerAngstrom!, writer.Write);
        }
    }

    /// <summary>A loss at the weights that a training starts from.</summary>
    private sealed class Objective
    {
        private readonly FullBatchObjective _objective;

        public Objective(FullBatchObjective objective)
        {
            (_objective, Gradient) = (objective, new double[objective.ParameterCount]);
            Point = objective.Parameters.Values.ToArray();
        }

        public double[] Point { get; }

        public double[] Gradient { get; }

        public double Evaluate() => _objective.Evaluate(Point, Gradient);
    }
}
