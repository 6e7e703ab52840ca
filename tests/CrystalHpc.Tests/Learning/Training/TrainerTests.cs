using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Optimizers;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Learning.Training;

/// <summary>Trainings of small networks.</summary>
public sealed class TrainerTests
{
    private static readonly double[][] Corners = [[0, 0], [0, 1], [1, 0], [1, 1]];
    private static readonly double[] ExclusiveOr = [0, 1, 1, 0];

    private static readonly TrainingOptions Options =
        TrainingOptions.Default with { Batch = 48, Shard = 8, Epochs = 3, Rate = 0.01, Patience = null };

    [Test]
    public void Exclusive_or_is_learned([Values] OptimizerKind optimizer, [Values] RateSchedule schedule)
    {
        TrainingOptions options = TrainingOptions.Default with
        {
            Batch = 4, Shard = 4, Epochs = 600, Optimizer = optimizer, Rate = optimizer == OptimizerKind.Sgd ? 0.1 : 0.05,
                Schedule = schedule, WeightDecay = 0,
        };
        TableTask<double> task = TableTask<double>.Of(Corners, ExclusiveOr, 8);
        using ICommunicator world = new SerialCommunicator();
        new Trainer<double>(() => task, Numbers(4), default, options, world).Run();
        Assert.That(Enumerable.Range(0, 4).Select(task.Predict), Is.EqualTo(ExclusiveOr).Within(0.05));
    }

    [Test]
    public void A_peak_is_fitted()
    {
        double[][] inputs = [.. Enumerable.Range(0, 200).Select(i => new[] { -3 + 0.03 * i })];
        double[] heights = [.. inputs.Select(x => PortableMath.Exp(-4 * x[0] * x[0]))];
        TableTask<double> task = TableTask<double>.Of(inputs, heights, 12);
        using ICommunicator world = new SerialCommunicator();
        TrainingOptions options = TrainingOptions.Default with { Batch = 40, Shard = 20, Epochs = 400, Rate = 0.03, WeightDecay = 0 };
        new Trainer<double>(() => task, Numbers(200), default, options, world).Run();
        Assert.That(Enumerable.Range(0, 200).Max(i => Math.Abs(task.Predict(i) - heights[i])), Is.LessThan(0.03));
    }

    [Test]
    public void Ranks_and_threads_change_no_byte()
    {
        float[] alone = Train(ranks: 1, threads: 1);
        foreach ((int ranks, int threads) in ((int, int)[])[(2, 1), (4, 1), (1, 3), (3, 2)])
            Assert.That(Train(ranks, threads), Is.EqualTo(alone), $"{ranks} ranks, {threads} threads");
    }

    [Test]
    public void A_training_that_was_stopped_anywhere_goes_on_to_the_same_bytes([Values(1, 4, 5, 9, 12)] int stopAfter)
    {
        float[] whole = Train(1, 1);
        Assert.That(Train(2, 1, stopAfter), Is.EqualTo(whole));
    }

    [Test]
    public void The_best_epoch_counts_and_patience_ends_the_training()
    {
        // Targets without any pattern: a network that learns them by heart gets worse on others.
        var random = new CounterRandom(4, 0);
        double[][] inputs = [.. Enumerable.Range(0, 60).Select(_ => new[] { random.NextNormal(), random.NextNormal() })];
        double[] targets = [.. inputs.Select(_ => random.NextNormal())];
        TableTask<double> task = TableTask<double>.Of(inputs, targets, 40);
        using ICommunicator world = new SerialCommunicator();
        TrainingOptions options = Options with { Epochs = 400, Rate = 0.05, Schedule = RateSchedule.Constant, Patience = 5 };
        int[] training = [.. Enumerable.Range(0, 40)], validation = [.. Enumerable.Range(40, 20)];
        IReadOnlyList<EpochRow> history = new Trainer<double>(() => task, training, validation, options, world).Run();
        int best = history.ToList().FindLastIndex(row => row.IsBest);
        Assert.That(history, Has.Count.EqualTo(best + 1 + 5));
        Assert.That(history[best].ValidationLoss, Is.EqualTo(history.Min(row => row.ValidationLoss)));
        Assert.That(task.Loss(validation) / validation.Length, Is.EqualTo(history[best].ValidationLoss!.Value).Within(1e-12));
    }

    [Test]
    public void A_training_that_diverges_says_so_on_all_ranks()
    {
        string[] messages = new string[2];
        ThreadCommunicator.Run(2, world =>
        {
            var trainer = new Trainer<double>(
                () => TableTask<double>.Of(Corners, ExclusiveOr, 8), Numbers(4), default,
                TrainingOptions.Default with { Batch = 4, Shard = 1, Optimizer = OptimizerKind.Sgd, Rate = 1e3, ClipNorm = null,
                Epochs = 500, Schedule = RateSchedule.Constant },
                world);
            messages[world.Rank] = Assert.Throws<UserException>(() => trainer.Run())!.Message;
        });
        Assert.That(messages, Is.All.StartsWith("the training diverged: ").And.All.Contains("a lower rate"));
        Assert.That(messages[0], Is.EqualTo(messages[1]));
    }

    [Test]
    public void A_rate_factor_of_zero_leaves_a_parameter_as_it_was()
    {
        var held = new Parameter<double>("held", 1, 1, ParameterKind.Bias, rateFactor: 0);
        var free = new Parameter<double>("free", 1, 1, ParameterKind.Bias, rateFactor: 2);
        var buffer = new ParameterBuffer<double>([held, free]);
        IOptimizer<double> optimizer = OptimizerOf.Parameters(OptimizerKind.Adamw, buffer.Parameters, decay: 0.1, momentum: 0);
        optimizer.Step(buffer.Values, [1, 1], 1, 0.01);
        Assert.That(buffer.Values.ToArray(), Is.EqualTo(new[] { 0, -0.02 }).Within(1e-9));
    }

    private static int[] Numbers(int count) => [.. Enumerable.Range(0, count)];

    // Batch normalization, dropout, a validation, batches of five and of six shards: all that could know of ranks or of batches before.
    // Fifteen steps in all.
    private static float[] Train(int ranks, int threads, int? stopAfter = null)
    {
        var random = new CounterRandom(5, 0);
        double[][] inputs = [.. Enumerable.Range(0, 250).Select(_
            => new[] { random.NextNormal(), random.NextNormal(), random.NextNormal() })];
        double[] targets = [.. inputs.Select(x => x[0] * x[1] - x[2])];
        var outcome = new float[ranks][];
        ThreadCommunicator.Run(ranks, world =>
        {
            Trainer<float> New() => new(
                () => TableTask<float>.Of(inputs, targets, 19, isNoisy: true), Numbers(203), Enumerable.Range(203, 47).ToArray(), Options,
                world, threads);
            Trainer<float> trainer = New();
            if (stopAfter is null)
            {
                trainer.Run();
            }
            else
            {
                byte[]? saved = null;
                int steps = 0;
                Assert.Throws<OperationCanceledException>(() => trainer.Run(onStep: capture =>
                {
                    if (++steps < stopAfter)
                        return;
                    saved = capture();
                    throw new OperationCanceledException();
                }));
                trainer = New();
                trainer.Run(saved);
            }

            outcome[world.Rank] = trainer.Parameters.Values.ToArray();
        });
        Assert.That(outcome, Is.All.EqualTo(outcome[0]));
        return outcome[0];
    }
}
