using System.Text;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Models;

namespace CrystalHpc.Tests.Learning.Models;

/// <summary>Models as files.</summary>
public sealed class ModelFileTests
{
    private static readonly ModelMetadata Metadata = new()
    {
        System = "lattice",
        Version = 3,
        Units = new Dictionary<string, string> { ["volume_per_atom"] = "A^3" },
        Elements = ["H", "He"],
        Options = new JsonObject { ["width"] = 4 },
        TrainingData = "abc",
        Metrics = new Dictionary<string, double> { ["crystal_system.accuracy"] = 0.5 },
    };

    [Test]
    public void A_model_comes_back_as_it_was()
    {
        using var folder = new TemporaryFolder();
        ParameterBuffer<float> network = Network(), other = Network();
        for (int i = 0; i < network.Values.Length; i++)
            network.Values[i] = i;
        new ModelFile(folder["m"], Metadata, StoredTensor.All(network)).Write();
        ModelFile read = ModelFile.Read(folder["m"], "lattice", 3);
        read.Load(other);
        Assert.That(other.Values.ToArray(), Is.EqualTo(network.Values.ToArray()));
        Assert.That(read.Metadata.Units, Is.EquivalentTo(Metadata.Units));
        Assert.That(read.Metadata.Elements, Is.EqualTo(Metadata.Elements));
        Assert.That(read.Metadata.Options.ToJsonString(), Is.EqualTo("""{"width":4}"""));
        Assert.That(read.Metadata.Metrics, Is.EquivalentTo(Metadata.Metrics));
        Assert.That(read.Metadata.TrainingData, Is.EqualTo("abc"));
    }

    [TestCase("potential", 3, "it is a model of 'lattice', not of 'potential'")]
    [TestCase("lattice", 4, "it has version 3, and this program reads version 4")]
    public void A_model_of_another_system_or_version_is_refused(string system, int version, string reason)
    {
        using var folder = new TemporaryFolder();
        Write(folder["m"]);
        Assert.That(() => ModelFile.Read(folder["m"], system, version), Throws.TypeOf<UserException>().With.Message.Contains(reason));
    }

    [TestCase("A^3", "nm3")]
    [TestCase("H He", "H Ne")]
    public void A_model_whose_metadata_were_edited_is_refused(string from, string to)
    {
        using var folder = new TemporaryFolder();
        Write(folder["m"]);
        string text = File.ReadAllText(folder["m"], Encoding.Latin1);
        Assert.That(text, Does.Contain(from));
        File.WriteAllText(folder["m"], text.Replace(from, to, StringComparison.Ordinal), Encoding.Latin1);
        Assert.That(() => ModelFile.Read(folder["m"], "lattice", 3),
            Throws.TypeOf<UserException>().With.Message.Contains("edited or damaged"));
    }

    [Test]
    public void A_model_with_a_changed_weight_is_refused()
    {
        using var folder = new TemporaryFolder();
        Write(folder["m"]);
        byte[] bytes = File.ReadAllBytes(folder["m"]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(folder["m"], bytes);
        Assert.That(() => ModelFile.Read(folder["m"], "lattice", 3),
            Throws.TypeOf<UserException>().With.Message.Contains("edited or damaged"));
    }

    [Test]
    public void A_file_of_somebody_else_is_refused()
    {
        using var folder = new TemporaryFolder();
        new SafetensorsFile(new Dictionary<string, string>(), []).Write(folder["m"]);
        Assert.That(
            () => ModelFile.Read(folder["m"], "lattice", 3), Throws.TypeOf<UserException>().With.Message.Contains(
            "its metadata lack 'system': it is not a model of crystalhpc"));
    }

    [Test]
    public void A_model_of_a_network_of_another_shape_is_refused()
    {
        using var folder = new TemporaryFolder();
        Write(folder["m"]);
        var wider = new ParameterBuffer<float>(new Dense<float>(3, 4, name: "0.").Parameters);
        Assert.That(
            () => ModelFile.Read(folder["m"], "lattice", 3).Load(wider),
            Throws.TypeOf<UserException>().With.Message.Contains("0.weight has the shape [3, 2], not [3, 4]"));
    }

    [Test]
    public void Parameters_have_names_of_their_own()
    {
        Assert.That(Network().Parameters.Select(parameter => parameter.Name),
            Is.EqualTo(new[] { "0.weight", "0.bias", "1.weight", "1.bias" }));
        Parameter<float>[] twice = [new("w", 1, 1, ParameterKind.Bias), new("w", 1, 1, ParameterKind.Bias)];
        Assert.That(() => new ParameterBuffer<float>(twice), Throws.ArgumentException.With.Message.Contains("two parameters are called w"));
    }

    private static ParameterBuffer<float> Network()
        => new(new Sequence<float>([new Dense<float>(3, 2, name: "0."), new Dense<float>(2, 2, name: "1.")]).Parameters);

    private static void Write(string path) => new ModelFile(path, Metadata, StoredTensor.All(Network())).Write();
}
