using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;
using CrystalHpc.Potentials;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Potentials.Training;
using CrystalHpc.Tests.Potentials.Analytic;

namespace CrystalHpc.Tests.Potentials.Strata;

/// <summary>Trainings stratum by stratum, on small cells of copper, palladium and silver that Gupta labels.</summary>
public sealed class StratifiedTrainingTests
{
    private static readonly string[][] Groups = [["Cu"], ["Pd"], ["Ag"], ["Cu", "Pd"], ["Cu", "Ag"], ["Pd", "Ag"], ["Cu", "Pd", "Ag"]];

    [Test]
    public void Ranks_change_no_byte([Values] TrainingMethod method)
    {
        using var folder = new TemporaryFolder();
        PotentialOptions options = Options(folder, Groups) with { Method = method };
        byte[][] models = [.. ((int[])[1, 2, 4]).Select(ranks => Train(folder[$"{ranks}"], options, ranks))];
        Assert.That(models[1], Is.EqualTo(models[0]));
        Assert.That(models[2], Is.EqualTo(models[0]));
    }

    [Test]
    public void A_training_that_was_stopped_in_any_stratum_goes_on_to_the_same_bytes([Values(20, 80, 125)] int looks)
    {
        using var folder = new TemporaryFolder();
        PotentialOptions options = Options(folder, Groups);
        byte[] whole = Train(folder["whole"], options, 1);
        using (var signals = new StopSignals())
        {
            signals.RequestAtLook(looks);
            ThreadCommunicator.Run(2, world => Assert.That(
                () => PotentialTraining.Run(new Job(world, new JobOptions(IsQuiet: true, Dealing.Static, Verb: "train"), signals),
                folder["stopped"], options),
                Throws.TypeOf<UserException>().With.Property("Code").EqualTo(ExitCode.Stopped)));
        }

        Assert.That(Train(folder["stopped"], options, 1), Is.EqualTo(whole));
    }

    [Test]
    public void Kept_potentials_say_the_same_before_and_after_to_the_bit()
    {
        using var folder = new TemporaryFolder();
        Train(folder["pair"], Options(folder, [["Cu"], ["Ag"], ["Cu", "Ag"]]), 1);
        PotentialOptions options = Options(folder, [["Pd"], ["Cu", "Pd"], ["Pd", "Ag"], ["Cu", "Pd", "Ag"]]) with
        {
            Kept = [Path.Combine(folder["pair"], "model.safetensors")],
        };
        Assert.That(() => Train(folder["whole"], options, 1), Throws.TypeOf<UserException>().With.Message.Contains("of Cu alone"));
        Train(folder["cu"], Options(folder, [["Cu"]]), 1);
        Train(folder["ag"], Options(folder, [["Ag"]]), 1);
        string[] elements = [.. ((string[])["cu", "ag"]).Select(name => Path.Combine(folder[name], "model.safetensors"))];
        Train(folder["kept"], Options(folder, Groups.Where(group => group is not (["Cu"] or ["Ag"]))) with { Kept = elements }, 2);
        var after = new PotentialEvaluator(PotentialFile.Read(Path.Combine(folder["kept"], "model.safetensors")));
        foreach ((string path, string symbol) in elements.Zip((string[])["Cu", "Ag"]))
        {
            var before = new PotentialEvaluator(PotentialFile.Read(path));
            foreach (AtomFrame frame in Frames([[symbol]]))
                Assert.That(EnergyOf(after, frame), Is.EqualTo(EnergyOf(before, frame)));
        }
    }

    [Test]
    public void It_learns()
    {
        using var folder = new TemporaryFolder();
        PotentialOptions options = Options(folder, Groups) with { Training = PotentialOptions.Default.Training with { Epochs = 20 } };
        Train(folder["run"], options, 1);
        var evaluator = new PotentialEvaluator(PotentialFile.Read(Path.Combine(folder["run"], "model.safetensors")));
        AtomFrame[] frames = [.. Frames(Groups)];
        double error = Math.Sqrt(frames.Average(frame => Math.Pow(
            (EnergyOf(evaluator, frame) - frame.EnergyElectronVolt!.Value) / frame.AtomCount, 2)));
        double mean = frames.Average(frame => frame.EnergyElectronVolt!.Value / frame.AtomCount);
        double spread = Math.Sqrt(frames.Average(frame => Math.Pow(frame.EnergyElectronVolt!.Value / frame.AtomCount - mean, 2)));
        Assert.That(error, Is.LessThan(0.1 * spread));
    }

    [Test]
    public void Strata_and_what_does_not_go_with_them_stop_before_anything_begins()
    {
        Func<PotentialOptions, string?> check = PotentialOptions.Section.Check!;
        PotentialOptions options = PotentialOptions.Default with { Data = ["some.extxyz"] };
        Assert.That(check(options with { Strata = true, StartFrom = "model.safetensors" }),
            Does.Contain("neither input_nn nor start_from"));
        Assert.That(check(options with { Kept = ["model.safetensors"] }), Does.Contain("for strata"));
        Assert.That(check(options with { Strata = true, Kept = ["model.safetensors"] }), Is.Null);
    }

    [Test]
    public void Three_elements_take_few_lines()
    {
        string configuration = Path.Combine(TestPaths.RepositoryRoot, "configs", "strata-cupdag.json");
        Assert.That(File.ReadAllLines(configuration), Has.Length.LessThanOrEqualTo(40));
    }

    private static PotentialOptions Options(TemporaryFolder folder, IEnumerable<string[]> groups)
    {
        string name = string.Join('-', groups.Select(group => string.Concat(group)));

        // The split goes by the folder's name: a random one now and then leaves out the closest pair, where only the smaller potential
        // repels.
        string path = folder.Write(Path.Combine(name, "frames.extxyz"), "");
        using (StreamWriter output = File.CreateText(path))
        {
            IFrameWriter writer = StructureFile.CreateWriter(output, StructureFormat.ExtendedXyz, null);
            foreach (AtomFrame frame in Frames(groups))
                writer.Write(frame, []);
        }

        return PotentialOptions.Default with
        {
            Data = [path], Functions = "maise", CutoffAngstrom = 4, Hidden = [4], Strata = true,
                Training = PotentialOptions.Default.Training with { Epochs = 2 },
        };
    }

    private static IEnumerable<AtomFrame> Frames(IEnumerable<string[]> groups)
    {
        IEnergyModel gupta = AnalyticModels.Find("gupta")!;
        foreach (string[] group in groups)
        {
            for (ulong i = 0; i < 12; i++)
            {
                double edge = 3.7 + 0.3 * new CounterRandom(3, i).NextUniform();
                AtomFrame frame = MadeFrames.Rattle(MadeFrames.FaceCentered(edge, group), 0.1, i);
                AtomicEnergy labels = gupta.Compute(frame, out _)!;
                yield return frame with { EnergyElectronVolt = labels.EnergyElectronVolt,
                    ForcesElectronVoltPerAngstrom = labels.ForcesElectronVoltPerAngstrom };
            }
        }
    }

    private static double EnergyOf(PotentialEvaluator evaluator, AtomFrame frame)
        => evaluator.Predict(frame, forces: false, out _)!.EnergyElectronVolt;

    private static byte[] Train(string directory, PotentialOptions options, int ranks)
    {
        ThreadCommunicator.Run(ranks, world =>
            PotentialTraining.Run(new Job(world, new JobOptions(IsQuiet: true, Dealing.Static, Verb: "train"), null), directory, options));
        return File.ReadAllBytes(Path.Combine(directory, "model.safetensors"));
    }
}
