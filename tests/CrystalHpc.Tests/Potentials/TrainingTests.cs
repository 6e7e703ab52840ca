using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;
using CrystalHpc.Potentials;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Potentials.Training;

namespace CrystalHpc.Tests.Potentials;

/// <summary>
/// Trainings of potentials: gradients and Jacobians against differences, the same bytes whoever computes, and errors that fall.
/// </summary>
public sealed class TrainingTests
{
    private const double Step = 1e-4;

    private static readonly AtomFrame[] Frames = SmallTraining.Frames(12);
    private static readonly KalmanOptions Kalman = new(2, true, 1, 1e-2, 1e-4, 1e-7, 0.9999);
    private static readonly TrainingOptions Options = TrainingOptions.Default with { Epochs = 3, Batch = 4, Shard = 2, Rate = 1e-2,
        WeightDecay = 0 };

    [Test]
    public void The_gradient_of_the_loss_is_that_of_differences()
    {
        EnergyForceTask task = SmallTraining.Task(SmallTraining.Table(Frames), Frames);
        var buffer = new ParameterBuffer<double>(task.Parameters);
        task.Initialize(3);
        int[] samples = [0, 2, 5, 7];
        buffer.Gradient.Clear();
        double loss = task.AddGradient(samples, ForwardPass.Prediction);
        double[] gradient = buffer.Gradient.ToArray();
        Assert.That(task.Loss(samples), Is.EqualTo(loss).Within(1e-14 * loss));
        int offset = 0;
        foreach (Parameter<double> parameter in buffer.Parameters)
        {
            (double difference, double size) = (0, 0);
            for (int i = 0; i < parameter.Length; i++)
            {
                double slope = (4 * Central(task, parameter, i, samples, Step) - Central(task, parameter, i, samples, 2 * Step)) / 3;
                (difference, size) = (difference + Math.Pow(slope - gradient[offset + i], 2), size + slope * slope);
            }

            offset += parameter.Length;
            Assert.That(Math.Sqrt(difference / size), Is.LessThan(PotentialTolerances.Gradient), parameter.Name);
        }
    }

    [Test]
    public void The_jacobian_of_deviations_gives_the_gradient_and_the_loss()
    {
        EnergyForceTask task = SmallTraining.Task(SmallTraining.Table(Frames), Frames);
        var buffer = new ParameterBuffer<double>(task.Parameters);
        task.Initialize(4);
        int stride = buffer.Values.Length;
        for (int sample = 0; sample < 3; sample++)
        {
            int count = task.ResidualsOf(sample);
            Assert.That(count, Is.EqualTo(1 + 9 + (sample == 2 ? 0 : 6)));
            (var residuals, var jacobian) = (new double[count], new double[count * stride + 8]);
            task.Residuals(sample, residuals, jacobian, stride);
            buffer.Gradient.Clear();
            double loss = task.AddGradient([sample], ForwardPass.Prediction);
            Assert.That(residuals.Sum(r => r * r), Is.EqualTo(loss).Within(1e-12 * loss));
            double[] expected = buffer.Gradient.ToArray();
            double size = Math.Sqrt(expected.Sum(g => g * g));
            for (int i = 0; i < stride; i++)
            {
                double slope = 0;
                for (int row = 0; row < count; row++)
                    slope -= 2 * residuals[row] * jacobian[row * stride + i];
                Assert.That(slope, Is.EqualTo(expected[i]).Within(1e-11 * size), $"weight {i}");
            }
        }
    }

    [Test]
    public void Every_method_gives_the_same_bytes_on_one_two_and_four_ranks([Values] TrainingMethod method)
    {
        double[] one = Train(method, 1);
        Assert.That(Train(method, 2), Is.EqualTo(one));
        Assert.That(Train(method, 4), Is.EqualTo(one));
    }

    [Test]
    public void Derivatives_beyond_the_memory_are_computed_again_to_the_same_bytes([Values] TrainingMethod method) =>
        Assert.That(Train(method, 1, budgetBytes: 20_000), Is.EqualTo(Train(method, 1)));

    [Test]
    public void A_kalman_training_that_was_stopped_goes_on_to_the_same_bytes_on_other_ranks([Values(1, 7)] int steps)
    {
        double[] whole = Train(TrainingMethod.Kalman, 1);
        byte[] saved = [];
        int left = steps;
        using (var world = new SerialCommunicator())
        {
            KalmanTrainer trainer = CreateKalman(world);
            Assert.Throws<InvalidOperationException>(() => trainer.Run(onStep: capture =>
            {
                if (--left > 0)
                    return;
                saved = capture();
                throw new InvalidOperationException();
            }));
        }

        ThreadCommunicator.Run(2, world =>
        {
            KalmanTrainer trainer = CreateKalman(world);
            trainer.Run(saved);
            Assert.That(trainer.Parameters.Values.ToArray(), Is.EqualTo(whole));
        });
    }

    [Test]
    public void Every_method_learns([Values] TrainingMethod method)
    {
        EnergyForceTask task = SmallTraining.Task(SmallTraining.Table(Frames), Frames);
        var buffer = new ParameterBuffer<double>(task.Parameters);
        task.Initialize((ulong)Options.Seed);
        double before = task.Loss([.. Enumerable.Range(0, 9)]);
        Train(method, 1, epochs: method == TrainingMethod.Steps ? 400 : 40).CopyTo(buffer.Values);
        Assert.That(task.Loss([.. Enumerable.Range(0, 9)]), Is.LessThan(0.05 * before));
    }

    [Test]
    public void A_training_starts_from_weights_that_it_is_given()
    {
        double[] start = [.. Enumerable.Range(0, SmallTraining.Task(SmallTraining.Table(Frames), Frames)
            .Parameters.Sum(parameter => parameter.Length)).Select(i => 0.001 * i)];
        var task = new EnergyForceTask(new(SmallTraining.Set, [5, 4]), SmallTraining.Table(Frames), [], new LossWeights(1, 0, 0), 1, start);
        var buffer = new ParameterBuffer<double>(task.Parameters);
        task.Initialize(9);
        Assert.That(buffer.Values.ToArray(), Is.EqualTo(start));
    }

    [Test]
    public void A_model_says_the_same_after_it_was_written_and_read()
    {
        using var folder = new TemporaryFolder();
        PotentialModel model = PredictionTests.Draw(members: 2);
        model.Confidence = new Confidence(0.002, 1.5, double.NaN, 2, 0.1);
        string path = folder["model.safetensors"];
        new CrystalHpc.Learning.Models.ModelFile(path, PotentialFile.Metadata(model, [], "digest", new Dictionary<string, double>()),
            PotentialFile.Tensors(model)).Write();
        PotentialModel read = PotentialFile.Read(path);
        Assert.That(read.Confidence, Is.EqualTo(model.Confidence));
        AtomFrame frame = SharedFrames.SmallCell();
        PotentialPrediction before = new PotentialEvaluator(model).Predict(frame, true, out _)!, after = new PotentialEvaluator(read)
            .Predict(frame, true, out _)!;
        Assert.That(after.EnergyElectronVolt, Is.EqualTo(before.EnergyElectronVolt));
        Assert.That(after.ForcesElectronVoltPerAngstrom, Is.EqualTo(before.ForcesElectronVoltPerAngstrom));
        Assert.That(after.ForceSpreads, Is.EqualTo(before.ForceSpreads));
    }

    private static double[] Train(TrainingMethod method, int ranks, long budgetBytes = 1 << 30, int epochs = 3)
    {
        double[] values = [];
        ThreadCommunicator.Run(ranks, world =>
        {
            IEpochTraining<double> trainer = Create(method, world, budgetBytes, epochs);
            trainer.Run();
            if (world.Rank == 0)
                values = trainer.Parameters.Values.ToArray();
        });
        return values;
    }

    private static IEpochTraining<double> Create(TrainingMethod method, ICommunicator world, long budgetBytes, int epochs)
    {
        SampleTable table = SmallTraining.Table(Frames, budgetBytes);
        TrainingOptions options = Options with { Epochs = epochs };
        int[] training = [.. Enumerable.Range(0, 9)], validation = [9, 10, 11];
        return method switch
        {
            TrainingMethod.Kalman => new KalmanTrainer(SmallTraining.Task(table, Frames), training, validation, options, Kalman, world),
            TrainingMethod.Lbfgs => new LbfgsTrainer(() => SmallTraining.Task(table, Frames), training, validation, options, world),
            _ => new Trainer<double>(() => SmallTraining.Task(table, Frames), training, validation, options, world),
        };
    }

    private static KalmanTrainer CreateKalman(ICommunicator world) => (KalmanTrainer)Create(TrainingMethod.Kalman, world, 1 << 30, 3);

    private static double Central(EnergyForceTask task, Parameter<double> parameter, int index, int[] samples, double step)
    {
        double kept = parameter.Values[index];
        parameter.Values[index] = kept + step;
        double above = task.Loss(samples);
        parameter.Values[index] = kept - step;
        double below = task.Loss(samples);
        parameter.Values[index] = kept;
        return (above - below) / (2 * step);
    }
}
