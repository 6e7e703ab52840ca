using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// An epoch of a dense network 256-128-64 on a table as large as that of all formulas, against torch. One thread, processor time.
/// </summary>
internal static class NetworkTraining
{
    private const int Samples = 83_114, Features = 132, Classes = 7, Batch = 512;

    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        using PythonPeer? torch = PythonPeer.TryStart(args, "torch_peer.py", $"{Samples} {Features} {Classes} {Batch}");
        if (torch is not null)
            Console.WriteLine(torch.Greeting);
        var contest = new Contest($"an epoch: {Samples} samples, {Features}-256-128-64-{Classes}, batches of {Batch}, Adam", Samples,
            "samples");
        int one = Arguments.Number(args, "--shard", 0);
        foreach (int shard in one > 0 ? [one] : (int[])[Batch, 128, 32])
        {
            var clock = new EpochClock(shard);
            contest.Add($"CrystalHpc, shards of {shard}", clock.Time);
        }

        if (torch is not null)
            contest.AddPeer("torch", () => torch.Ask("")[0], aim: 1);
        return contest.Run(args, 5);
    }

    /// <summary>Times a training of one epoch, the making of the network apart.</summary>
    private sealed class EpochClock(int shard)
    {
        private static readonly int[] Numbers = [.. Enumerable.Range(0, Samples)];

        private readonly Table _task = new();

        public double Time()
        {
            TrainingOptions options = TrainingOptions.Default with
            {
                Batch = Batch, Shard = shard, Epochs = 1, WeightDecay = 0, ClipNorm = null, Schedule = RateSchedule.Constant, Rate = 1e-3,
            };
            using ICommunicator world = new SerialCommunicator();
            var trainer = new Trainer<float>(() => _task, Numbers, default, options, world);
            TimeSpan start = Environment.CpuUsage.TotalTime;
            trainer.Run();
            return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        }
    }

    /// <summary>Random features with random classes: what they are does not matter to the time.</summary>
    private sealed class Table : ITrainingTask<float>
    {
        private static readonly float[] AllFeatures = Draw();

        private readonly Sequence<float> _network = new(
        [
            new Dense<float>(Features, 256, name: "0.", isFirst: true), new Activation<float>(ActivationKind.Relu),
            new Dense<float>(256, 128, name: "1."), new Activation<float>(ActivationKind.Relu),
            new Dense<float>(128, 64, name: "2."), new Activation<float>(ActivationKind.Relu), new Dense<float>(64, Classes, name: "3."),
        ]);

        private readonly Tensor<float> _inputs = new(), _targets = new(), _gradient = new();
        private float[] _weights = [];

        public IReadOnlyList<Parameter<float>> Parameters => _network.Parameters;

        public void Initialize(ulong seed)
        {
            var random = new CounterRandom(seed, 0);
            foreach (Parameter<float> parameter in Parameters.Where(parameter => parameter.Kind == ParameterKind.Weight))
                Initializers.He(parameter, random);
        }

        public double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass)
        {
            double loss = Evaluate(samples, pass);
            _network.Backward(_gradient);
            return loss;
        }

        public double Loss(ReadOnlySpan<int> samples) => Evaluate(samples, ForwardPass.Prediction);

        private double Evaluate(ReadOnlySpan<int> samples, ForwardPass pass)
        {
            _inputs.Resize(samples.Length, Features);
            _targets.Resize(samples.Length, Classes);
            _targets.Values.Clear();
            if (_weights.Length < samples.Length)
                _weights = [.. Enumerable.Repeat(1f, samples.Length)];
            for (int row = 0; row < samples.Length; row++)
            {
                AllFeatures.AsSpan(samples[row] * Features, Features).CopyTo(_inputs.Row(row));
                _targets.Row(row)[samples[row] % Classes] = 1;
            }

            return SoftmaxCrossEntropy.Evaluate<float>(_network.Forward(_inputs, pass), _targets, _weights.AsSpan(0, samples.Length),
                _gradient);
        }

        private static float[] Draw()
        {
            var random = new CounterRandom(3, 0);
            var features = new float[Samples * Features];
            foreach (ref float value in features.AsSpan())
                value = (float)random.NextNormal();
            return features;
        }
    }
}
