using System.Text.Json;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Maise;
using CrystalHpc.Potentials.Model.Network;
using CrystalHpc.Potentials.Prediction;

namespace CrystalHpc.Tests.Potentials;

/// <summary>Networks of MAISE give the energies of MAISE, and its model files are read as it writes them.</summary>
public sealed class MaiseTests
{
    private const string Models = "datasets/maise-cuag/models/";

    [Test]
    public void A_network_of_copper_and_silver_gives_the_energies_of_maise()
    {
        using JsonDocument document = SharedFrames.Json("datasets/maise-cuag/nn_reference.json.gz");
        JsonElement root = document.RootElement;
        double[] widths = Numbers(root.GetProperty("layers"));
        FunctionSet set = NamedSets.Create("maise", [Element.Of("Cu"), Element.Of("Ag")]);
        Assert.That(widths[0], Is.EqualTo(set.FunctionsOf(0).Count));
        double[][] ranges = [.. root.GetProperty("ranges").EnumerateArray().SelectMany(element => element.EnumerateArray())
            .Select(Numbers)];
        int[] hidden = [.. widths[1..^1].Select(width => (int)width)];
        var model = new PotentialModel(set, hidden, MaiseNetworkFile.ScalingOf(ranges, 2), [0, 0], 1, 1);
        PotentialNetwork network = model.CreateNetwork();
        model.Members[0].Share(network.Parameters);
        double[] weights = Numbers(root.GetProperty("weights"));
        Assert.That(weights, Has.Length.EqualTo(model.Members[0].Values.Length));
        MaiseNetworkFile.SetWeights(network, weights);
        int compared = 0;
        foreach (JsonElement structure in root.GetProperty("structures").EnumerateArray())
        {
            double[] energies = [.. structure.GetProperty("atoms").EnumerateArray()
                .Select(atom => EnergyOf(model, network, atom.GetProperty("species").GetInt32(), Numbers(atom.GetProperty("G"))))];
            double expected = structure.GetProperty("E_nn_per_atom").GetDouble();
            Assert.That(energies.Average(), Is.EqualTo(expected).Within(PotentialTolerances.MaiseEnergy));
            compared++;
        }

        Assert.That(compared, Is.EqualTo(26));
    }

    [Test]
    public void Models_of_elements_that_a_training_starts_from_have_the_functions_of_maise([Values("Cu", "Ag")] string symbol)
    {
        PotentialModel model = Read($"train_example_{symbol}.dat.gz");
        FunctionSet expected = NamedSets.Create("maise", [Element.Of(symbol)]);
        Assert.That(model.Set.FunctionsOf(0), Is.EqualTo(expected.FunctionsOf(0)));
        Assert.That(model.Hidden, Is.EqualTo(new[] { 10, 10 }));
        Assert.That(model.Scaling[0].Shift, Is.All.Zero);
    }

    // Its file states 3.4 meV an atom on test structures of its own.
    [Test]
    public void A_published_model_is_as_close_to_energies_of_known_prototypes_as_its_file_says()
    {
        const double Stated = 0.003441;
        var evaluator = new PotentialEvaluator(Read("nn_CuAg_d3_v1.gz"));
        AtomFrame[] frames = [.. Alloys().Where(frame => frame.Property("id")!.StartsWith("DATA/200", StringComparison.Ordinal))];
        double[] errors = [.. frames.Select(frame => (EnergyOf(evaluator, frame) - frame.EnergyElectronVolt!.Value) / frame.AtomCount)];
        Assert.That(errors, Has.Length.GreaterThan(30));
        Assert.That(Math.Sqrt(errors.Average(error => error * error)), Is.LessThan(Stated));
    }

    // Published models are stratified: what a model of fewer elements says does not change when others are added.
    [TestCase("Cu", "CuAg"), TestCase("Ag", "CuAg"), TestCase("Cu", "CuPdAg"), TestCase("Ag", "CuPdAg"), TestCase("CuAg", "CuPdAg")]
    public void A_model_of_more_elements_says_the_same_of_fewer(string smaller, string larger)
    {
        (PotentialModel narrow, PotentialModel wide) = (Read($"nn_{smaller}_d3_v1.gz"), Read($"nn_{larger}_d3_v1.gz"));
        (var first, var second) = (new PotentialEvaluator(narrow), new PotentialEvaluator(wide));
        foreach (AtomFrame alloy in Alloys().Take(20))
        {
            AtomFrame frame = narrow.Elements.Count > 1 ? alloy
                : alloy with { Species = [.. alloy.Species.Select(_ => narrow.Elements[0])] };
            Assert.That(EnergyOf(second, frame) / frame.AtomCount,
                Is.EqualTo(EnergyOf(first, frame) / frame.AtomCount).Within(PotentialTolerances.Invariance));
        }
    }

    [Test]
    public void A_file_that_is_cut_off_is_refused_by_what_it_lacks()
    {
        string[] lines = [.. SharedFrames.Lines(Models + "train_example_Cu.dat.gz")];
        int end = Array.FindIndex(lines, line => line.Contains("B2A", StringComparison.Ordinal));
        AssertRefused(lines[..end], "symmetry functions are missing");
        AssertRefused([.. lines[..(end - 10)], .. lines[end..]], "422 weights, not 431");
        AssertRefused([.. lines[..end], .. lines[end..].Where(line => !line.Contains(" 44 ", StringComparison.Ordinal))], "do not fit");
        AssertRefused([.. lines[..end], .. lines[end..].Where(line => !line.StartsWith(" z", StringComparison.Ordinal))],
            "z that is not listed");
    }

    private static void AssertRefused(string[] lines, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("model.dat", string.Join("\n", lines));
        Assert.That(() => PotentialFile.Read(path), Throws.TypeOf<UserException>().With.Message.Contains(reason));
    }

    private static double EnergyOf(PotentialEvaluator evaluator, AtomFrame frame) =>
        evaluator.Predict(frame, forces: false, out _)!.EnergyElectronVolt;

    private static double EnergyOf(PotentialModel model, PotentialNetwork network, int element, double[] values)
    {
        var inputs = new double[values.Length];
        model.Scaling[element].Apply(values, inputs);
        network.Elements[element].Forward(inputs, 1);
        return network.Elements[element].Energies[0];
    }

    private static AtomFrame[] Alloys() => SharedFrames.Read("datasets/maise-cuag/cuag.extxyz.gz");

    private static PotentialModel Read(string name) => PotentialFile.Read(TestPaths.SharedOrIgnore(Models + name));

    private static double[] Numbers(JsonElement row) => [.. row.EnumerateArray().Select(value => value.GetDouble())];
}
