using CrystalHpc.Core.Numerics;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Model;
using CrystalHpc.Generation.Training;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Generation;

/// <summary>Losses of the generator's networks, on a small grid.</summary>
public sealed class GenerationTaskTests
{
    private static readonly int[] Pair = [0, 1];
    private static readonly GenerationData Data = Make();
    private static readonly NetworkSizes Sizes = new(Data.Grid.Size, Data.Species.Count, 6);

    private static readonly Dictionary<string, Func<ITrainingTask<double>>> Tasks = new()
    {
        ["reader"] = () => new ReadingTask<double>(Sizes, Data),
        ["autoencoder"] = ()
        => new CodingTask<double>(Sizes, Data, CodingWeights.Default, Drawn<double>(new ReadingTask<double>(Sizes, Data))),
        ["autoencoder without features"] = ()
        => new CodingTask<double>(Sizes, Data, CodingWeights.Default with { Alpha = 0, Beta = 0.1 }, []),
    };

    private static readonly string[] Names = [.. Tasks.Keys];

    [Test]
    public void Gradients_agree_with_differences_along_a_direction_of_each_tensor([ValueSource(nameof(Names))] string name)
    {
        const double Step = 1e-6;
        ITrainingTask<double> task = Tasks[name]();
        var buffer = new ParameterBuffer<double>(task.Parameters);
        task.Initialize(3);
        var pass = ForwardPass.Training(5, 0, Pair);
        task.AddGradient(Pair, pass);
        double[] gradient = buffer.Gradient.ToArray();
        double norm = Math.Sqrt(gradient.Sum(value => value * value));
        int offset = 0;
        foreach (Parameter<double> parameter in task.Parameters)
        {
            double[] analytic = gradient[offset..(offset += parameter.Length)];
            if (parameter.Kind == ParameterKind.Statistic)
                continue;
            var random = new CounterRandom(6, (ulong)offset);
            double[] direction = [.. analytic.Select(_ => random.NextNormal() / Math.Sqrt(analytic.Length))];
            double slope = (At(Step) - At(-Step)) / (2 * Step), expected = analytic.Zip(direction, (g, d) => g * d).Sum();
            double size = Math.Sqrt(analytic.Sum(value => value * value));
            Assert.That(slope, Is.EqualTo(expected).Within(1e-5 * size + 1e-8 * norm), parameter.Name);

            double At(double step)
            {
                double[] kept = parameter.Values.ToArray();
                for (int i = 0; i < kept.Length; i++)
                    parameter.Values[i] = kept[i] + step * direction[i];
                double loss = task.AddGradient(Pair, pass);
                kept.CopyTo(parameter.Values);
                return loss;
            }
        }
    }

    [Test]
    public void Threads_and_an_interruption_change_no_byte_of_any_stage()
    {
        float[] reader = Drawn<float>(new ReadingTask<float>(Sizes, Data)),
            coder = Drawn<float>(new CodingTask<float>(Sizes, Data, CodingWeights.Default, reader));
        foreach (Func<ITrainingTask<float>> create in (Func<ITrainingTask<float>>[])
            [
                () => new ReadingTask<float>(Sizes, Data), () => new CodingTask<float>(Sizes, Data, CodingWeights.Default, reader),
                () => new ReadingTask<float>(Sizes, Data, new Reconstructor<float>(Sizes, Data, 0.5, coder), reader),
            ])
        {
            float[] whole = Train(create, 1, stopsAt: null);
            Assert.That(whole.All(float.IsFinite));
            Assert.That(Train(create, 3, stopsAt: null), Is.EqualTo(whole), "threads");
            Assert.That(Train(create, 1, stopsAt: 1), Is.EqualTo(whole), "interrupted");
        }
    }

    [Test]
    public void A_normal_latent_vector_has_no_divergence_and_one_of_mean_1_half_a_nat_a_component()
    {
        // Zero weights make means and log variances zero, whatever the crystal.
        var task = new CodingTask<double>(Sizes, Data, new CodingWeights(0, 1, 0), []);
        _ = new ParameterBuffer<double>(task.Parameters);
        double without = task.Loss(Pair);
        task.Parameters.Single(parameter => parameter.Name == "encoder.mean.bias").Values.Fill(1);
        Assert.That(task.Loss(Pair) - without, Is.EqualTo(2 * 0.5 * Sizes.Latent).Within(1e-12));
    }

    private static float[] Train(Func<ITrainingTask<float>> create, int threads, int? stopsAt)
    {
        using ICommunicator world = new SerialCommunicator();
        TrainingOptions options = TrainingOptions.Default with { Batch = 4, Shard = 2, Epochs = 2, Rate = 1e-3, WeightDecay = 0 };
        Trainer<float> Make() => new(create, Data.Training, default, options, world, threads);
        byte[]? saved = null;
        if (stopsAt is { } stop)
        {
            int step = 0;
            Make().Run(null, capture => saved = step++ == stop ? capture() : saved);
        }

        Trainer<float> trainer = Make();
        trainer.Run(saved);
        return trainer.Parameters.Values.ToArray();
    }

    // Parameters as at the start of a training.
    private static T[] Drawn<T>(ITrainingTask<T> task) where T : unmanaged, global::System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var buffer = new ParameterBuffer<T>(task.Parameters);
        task.Initialize(4);
        return buffer.Values.ToArray();
    }

    private static GenerationData Make()
    {
        string[] keys = [.. Enumerable.Range(0, 100).Select(i => $"key{i}").Where(key => FormulaSplit.PartOf(key) == SplitPart.Training)
            .Take(6)];
        CubicCell[] cells = [Cells.CesiumChloride, Cells.Perovskite, Cells.Heusler, Cells.Random(1, 4), Cells.Random(2, 4),
            Cells.Random(3, 5)];
        return new GenerationData(
            new GenerationTable([.. keys.Zip(cells, (key, cell) => new GenerationSample(key, CellClass.AB, key, cell, key.Length))], [], 0,
            ""), new VoxelGrid(8));
    }
}
