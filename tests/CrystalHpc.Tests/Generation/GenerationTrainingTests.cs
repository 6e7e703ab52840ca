using System.Globalization;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Generation;
using CrystalHpc.Generation.Model;
using CrystalHpc.Generation.Prediction;
using CrystalHpc.Generation.Training;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Generation;

/// <summary>Trainings of a generator from a table of salts to the file of a model.</summary>
public sealed class GenerationTrainingTests
{
    [Test]
    public void Ranks_change_no_byte_of_the_model()
    {
        using var folder = new TemporaryFolder();
        GenerationOptions options = Options(folder);
        byte[][] models = [.. ((int[])[1, 2, 4]).Select(ranks => Train(folder[$"{ranks}"], options, ranks))];
        Assert.That(models[1], Is.EqualTo(models[0]));
        Assert.That(models[2], Is.EqualTo(models[0]));
    }

    // One batch is one look: two in each epoch of the three stages.
    [Test]
    public void A_training_that_was_stopped_in_any_stage_goes_on_to_the_same_bytes([Values(2, 5, 8)] int looks)
    {
        using var folder = new TemporaryFolder();
        GenerationOptions options = Options(folder);
        byte[] whole = Train(folder["whole"], options, 1);
        using (var signals = new StopSignals())
        {
            signals.RequestAtLook(looks);
            ThreadCommunicator.Run(2, world => Assert.That(
                () => GenerationTraining.Run(new Job(world, new JobOptions(IsQuiet: true, Dealing.Static, Verb: "train"), signals),
                folder["stopped"], options),
                Throws.TypeOf<UserException>().With.Property("Code").EqualTo(ExitCode.Stopped)));
        }

        Assert.That(Train(folder["stopped"], options, 1), Is.EqualTo(whole));
    }

    [Test]
    public void A_model_of_other_channels_is_read_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        Train(folder["run"], Options(folder) with { ReaderChannels = [2, 16, 16, 32], CoderChannels = [20, 4] }, 1);
        (GenerationModel model, IReadOnlyList<ReferencePoint> references) = GenerationModel.Load(
            Path.Combine(folder["run"], "model.safetensors"));
        Assert.That(model.LatentSize, Is.EqualTo(3));
        Assert.That(references, Has.Count.GreaterThan(10));
    }

    [TestCase(new[] { 16 }, new[] { 8, 16 }, "two levels")]
    [TestCase(new[] { 16, 32, 64, 64, 64 }, new[] { 8, 16 }, "below 2 voxels")]
    [TestCase(new[] { 16, 32 }, new[] { 8, 8, 8, 8 }, "below 2 voxels")]
    [TestCase(new[] { 16, 24 }, new[] { 8, 16 }, "multiples of 16")]
    [TestCase(new[] { 16, 32 }, new[] { 8, 2000 }, "between")]
    public void Channels_that_make_no_network_are_refused(int[] reader, int[] coder, string reason) =>
        Assert.That(NetworkSizes.ProblemOf(16, reader, coder), Does.Contain(reason));

    private static byte[] Train(string directory, GenerationOptions options, int ranks)
    {
        using var signals = new StopSignals();
        ThreadCommunicator.Run(ranks, world => GenerationTraining.Run(
            new Job(world, new JobOptions(IsQuiet: true, Dealing.Static, Verb: "train"), signals), directory, options));
        return File.ReadAllBytes(Path.Combine(directory, "model.safetensors"));
    }

    private static GenerationOptions Options(TemporaryFolder folder)
    {
        IEnumerable<string> rows = "Li Na K Rb Cs Tl".Split(' ').SelectMany((cation, i) => "F Cl Br I".Split(' ').Select((anion, k) =>
        {
            string a = (3.4 + 0.1 * i + 0.2 * k).ToString(CultureInfo.InvariantCulture);
            return $"{cation}{anion},{-3 + i},{a},{a},{a},90,90,90,{cation} 0 0 0;{anion} 0.5 0.5 0.5";
        }));
        File.WriteAllLines(folder["salts.csv"], ["formula,e_form_eV_atom,a,b,c,alpha,beta,gamma,sites", .. rows]);
        TrainingOptions step = TrainingOptions.Default with { Epochs = 1, Batch = 10, Shard = 3, Rate = 1e-3, WeightDecay = 0 };
        return GenerationOptions.Default with
        {
            Tables = [folder["salts.csv"]], Latent = 3, ReaderChannels = [2, 16], CoderChannels = [2, 4], ValidationRows = 4, Reader = step,
                Autoencoder = step,
            Tuning = step,
        };
    }
}
