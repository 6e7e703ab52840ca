using System.Text.Json.Nodes;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Runs;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;
using CrystalHpc.Tests.Learning.Training;

namespace CrystalHpc.Tests.Learning.Runs;

/// <summary>Trainings in run directories.</summary>
public sealed class TrainingRunTests
{
    private const int Members = 3;

    // Of a batch.
    private const int Shards = 4;

    private static readonly string[] Files = ["model.safetensors", "history.csv", "metrics.json", "predictions.csv", "report.html"];
    private static readonly double[][] Inputs = Draw();
    private static readonly double[] Targets = [.. Inputs.Select(x => x[0] * x[1])];
    private static readonly TrainingOptions Options = TrainingOptions.Default with { Batch = 30, Shard = 8, Epochs = 4, Rate = 0.01 };

    [Test]
    public void Ranks_change_no_byte_of_any_file()
    {
        using var folder = new TemporaryFolder();
        Train(folder["one"], 1);
        foreach (int ranks in (int[])[2, 4, 5])
        {
            Train(folder[$"{ranks}"], ranks);
            RequireSame(folder["one"], folder[$"{ranks}"]);
        }
    }

    [Test]
    public void A_training_that_ended_at_any_step_goes_on_to_the_same_bytes([Values(1, 7, 50, 150)] int steps)
    {
        using var folder = new TemporaryFolder();
        Train(folder["whole"], 1);
        int left = steps;
        Assert.Throws<InvalidOperationException>(() => Train(folder["killed"], 1, () => --left == 0));
        Assert.That(Directory.Exists(Path.Combine(folder["killed"], "train")), Is.EqualTo(steps > Shards), "a checkpoint after each step");
        Train(folder["killed"], 2);
        RequireSame(folder["whole"], folder["killed"]);
        Assert.That(Directory.Exists(Path.Combine(folder["killed"], "train")), Is.False, "checkpoints are gone");
    }

    [Test]
    public void A_signal_stops_all_ranks_and_the_same_command_goes_on()
    {
        using var folder = new TemporaryFolder();
        Train(folder["whole"], 1);
        using (var signals = new StopSignals())
        {
            signals.RequestAtLook(15);
            ThreadCommunicator.Run(2, world =>
            {
                var job = new Job(world, new JobOptions(IsQuiet: true, Dealing.Static, Verb: "train"), signals);
                Assert.That(
                    () => Train(job, folder["stopped"], isKilled: null),
                    Throws.TypeOf<UserException>().With.Property("Code").EqualTo(ExitCode.Stopped));
            });
        }

        Train(folder["stopped"], 1);
        RequireSame(folder["whole"], folder["stopped"]);
    }

    [Test]
    public void A_directory_belongs_to_one_training()
    {
        using var folder = new TemporaryFolder();
        Train(folder["run"], 1);
        Assert.That(
            () => TrainingRun.Open(Alone(), folder["run"], "table", new JsonObject { ["width"] = 9 }),
            Throws.TypeOf<UserException>().With.Message.Contains("belongs to another training").And.Message.Contains(
            "width (5 there, 9 here)"));
    }

    [Test]
    public void Status_tells_how_far_a_training_is()
    {
        using var folder = new TemporaryFolder();
        int left = 20;
        Assert.Throws<InvalidOperationException>(() => Train(folder["run"], 1, () => --left == 0));
        var run = new RunDirectory(folder["run"]);
        RunStatus before = RunStatus.OfTraining(run, TrainingRecord.Read(run), DateTime.UtcNow);
        Assert.That(before.Stages.Single().State, Is.Not.EqualTo(StageState.Done));
        Train(folder["run"], 1);
        RunStatus after = RunStatus.OfTraining(run, TrainingRecord.Read(run), DateTime.UtcNow);
        Assert.That((after.Stages.Single().State, after.Training!.Progress), Is.EqualTo((StageState.Done, "done")));
    }

    [Test]
    public void The_model_that_is_written_predicts_as_the_training_did()
    {
        using var folder = new TemporaryFolder();
        Train(folder["run"], 1);
        ModelFile model = ModelFile.Read(Path.Combine(folder["run"], "model.safetensors"), "table", 1);
        Assert.That(model.Tensors, Has.Count.EqualTo(Members));
        Assert.That(File.ReadAllLines(Path.Combine(folder["run"], "history.csv")), Has.Length.EqualTo(1 + Members * Options.Epochs));
    }

    private static Job Alone() => new(new SerialCommunicator(), new JobOptions(IsQuiet: true, Dealing.Static, Verb: "train"), null);

    private static void Train(string directory, int ranks, Func<bool>? isKilled = null) => ThreadCommunicator.Run(
        ranks, world => Train(new Job(world, new JobOptions(IsQuiet: true, Dealing.Static, Verb: "train"), null), directory, isKilled));

    private static void Train(Job job, string directory, Func<bool>? isKilled)
    {
        using TrainingRun run = TrainingRun.Open(job, directory, "table", new JsonObject { ["width"] = 5 },
            isKilled is null ? TimeSpan.FromHours(1) : TimeSpan.Zero);
        IReadOnlyList<float[]> members = run.Train(
            () => new MortalTask(TableTask<float>.Of(Inputs, Targets, 5, isNoisy: true), isKilled), Enumerable.Range(0, 100).ToArray(),
            Enumerable.Range(100, 20).ToArray(),
            Options, Members);
        var metadata = new ModelMetadata
        {
            System = "table", Version = 1, Units = new Dictionary<string, string>(), Elements = [], Options = new JsonObject(),
                TrainingData = "",
            Metrics = new Dictionary<string, double>(),
        };
        run.Finish(
            metadata, [.. members.Select((values, member) => StoredTensor.Of<float>($"member{member}", values, values.Length))],
            new ModelJudgment(
                "made up", 1, new Dictionary<string, double> { ["y.mae"] = members[0][0], ["y.r2"] = double.NaN },
                [PredictionRow.OfNumber(0, "a", "y", 1, 2.5, null, true), PredictionRow.OfClass(1, "b", "c", "x", "y", 0.5, false)], [],
                []));
        job.End(ExitCode.Done);
    }

    private static void RequireSame(string left, string right)
    {
        foreach (string file in Files)
            Assert.That(File.ReadAllBytes(Path.Combine(right, file)), Is.EqualTo(File.ReadAllBytes(Path.Combine(left, file))), file);
    }

    private static double[][] Draw()
    {
        var random = new CounterRandom(31, 0);
        return [.. Enumerable.Range(0, 120).Select(_ => new[] { random.NextNormal(), random.NextNormal() })];
    }

    /// <summary>A task whose process may end: what is not on the disk by then is lost.</summary>
    private sealed class MortalTask(TableTask<float> task, Func<bool>? isKilled) : ITrainingTask<float>
    {
        public IReadOnlyList<Parameter<float>> Parameters => task.Parameters;

        public void Initialize(ulong seed) => task.Initialize(seed);

        public double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass) =>
            isKilled?.Invoke() == true ? throw new InvalidOperationException("killed") : task.AddGradient(samples, pass);

        public double Loss(ReadOnlySpan<int> samples) => task.Loss(samples);
    }
}
