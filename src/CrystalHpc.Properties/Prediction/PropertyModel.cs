using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Models;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Prediction;

/// <summary>What a model knows of a target besides the networks.</summary>
/// <param name="Column">The target, and where tables have it.</param>
/// <param name="Mean">Mean of the training rows: what the network calls 0, and the plainest prediction.</param>
/// <param name="Scale">Their standard deviation: what the network calls 1.</param>
/// <param name="Noise">Error that the committee does not show, added to its spread as squares.</param>
/// <param name="Factor">Makes standard errors such that 1.645 of them hold nine in ten validation rows.</param>
public sealed record LearnedTarget(TargetColumn Column, double Mean, double Scale, double Noise, double Factor);

/// <summary>A trained model: the networks of a committee, the scales of its targets, and the crystals that it has seen.</summary>
public sealed class PropertyModel
{
    /// <summary>The system in a model file.</summary>
    public const string System = "property";

    /// <summary>What the tensors of a file mean.</summary>
    public const int Version = 1;

    /// <summary>Makes a model of its parts.</summary>
    public PropertyModel(NetworkShape shape, int members, IReadOnlyList<LearnedTarget> targets, IReadOnlySet<byte> elements)
    {
        (Shape, Targets, Elements) = (shape, targets, elements);
        Members = [.. Enumerable.Range(0, members).Select(_ => new ParameterBuffer<float>(CreateNetwork().Parameters))];
    }

    /// <summary>Sizes of the networks.</summary>
    public NetworkShape Shape { get; }

    /// <summary>The targets, a column of the networks each.</summary>
    public IReadOnlyList<LearnedTarget> Targets { get; init; }

    /// <summary>Elements of the training crystals, by atomic number less one.</summary>
    public IReadOnlySet<byte> Elements { get; }

    /// <summary>The parameters of each network.</summary>
    public IReadOnlyList<ParameterBuffer<float>> Members { get; }

    /// <summary>The training crystals; null while they are not known.</summary>
    public FeatureSpace? Seen { get; init; }

    /// <summary>A network of this shape; give it parameters by <see cref="ParameterBuffer{T}.Share"/>.</summary>
    public CrystalNetwork<float> CreateNetwork() => new(Shape);

    /// <summary>The same with what is calibrated.</summary>
    public PropertyModel With(IReadOnlyList<LearnedTarget> targets, FeatureSpace seen)
    {
        var model = new PropertyModel(Shape, Members.Count, targets, Elements) { Seen = seen };
        for (int member = 0; member < Members.Count; member++)
            Members[member].Values.CopyTo(model.Members[member].Values);
        return model;
    }

    /// <summary>What the file of the model says of it.</summary>
    public ModelMetadata Metadata(JsonObject training, string digest, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new ModelMetadata
        {
            System = System,
            Version = Version,
            Units = Targets.ToDictionary(target => target.Column.Target.Name, target => target.Column.Unit),
            Elements = [.. Elements.Order().Select(element => new Element((byte)(element + 1)).Symbol)],
            Options = new JsonObject
            {
                ["convolutions"] = Shape.Convolutions, ["width"] = Shape.Width, ["hidden"] = Shape.Hidden, ["members"] = Members.Count,
                    ["seen"] = Seen!.Points.Length / Shape.Width,
                ["neighbors"] = Shape.Graphs.Neighbors, ["angles"] = Shape.Graphs.Angles,
                ["average_disorder"] = Shape.Graphs.AverageDisorder,
                ["targets"] = new JsonArray(
                    [.. Targets.Select(target => JsonValue.Create($"{target.Column.Target.Name}={target.Column.Column}"))]), ["training"] =
                    training.DeepClone(),
            },
            TrainingData = digest,
            Metrics = metrics,
        };
    }

    /// <summary>The tensors of the file.</summary>
    public IReadOnlyList<StoredTensor> Tensors()
    {
        double[] scales = [.. Targets.SelectMany(target => new[] { target.Mean, target.Scale, target.Noise, target.Factor })];
        return
        [
            .. Members.SelectMany((member, i) => member.Parameters.Select(parameter =>
                StoredTensor.Of<float>(NameOf(i, parameter.Name), parameter.Values, parameter.Rows, parameter.Columns))),
            StoredTensor.Of<double>("targets.scales", scales, Targets.Count, 4), StoredTensor.Of("seen.scale", Seen!.Scale, Shape.Width),
            StoredTensor.Of("seen.points", Seen.Points, Seen.Points.Length / Shape.Width, Shape.Width),
                StoredTensor.Of<double>("seen.limit", [Seen.Limit], 1),
        ];
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="UserException">The file is not a model of this system and version, or is damaged.</exception>
    public static PropertyModel Read(string path)
    {
        ModelFile file = ModelFile.Read(path, System, Version);
        TargetColumn[] columns = ColumnsOf(file);
        var shape = new NetworkShape(Option(file, "convolutions"), Option(file, "width"), Option(file, "hidden"), columns.Length)
        {
            Graphs = GraphsOf(file),
        };
        if (shape.Width % BondKernel<float>.Lanes != 0)
            throw UserException.Unusable($"{path} has a width that no network has");
        double[] scales = file.Values<double>("targets.scales", columns.Length, 4);
        byte[] elements = [.. file.Metadata.Elements.Select(symbol => Element.TryParse(symbol, out Element element)
            ? (byte)(element.AtomicNumber - 1) : throw UserException.Unusable($"{path} names the unknown element {symbol}"))];
        var model = new PropertyModel(
            shape, Option(file, "members"),
                [.. columns.Select((column, k) =>
                new LearnedTarget(column, scales[4 * k], scales[4 * k + 1], scales[4 * k + 2], scales[4 * k + 3]))],
            elements.ToHashSet())
        {
            Seen = new FeatureSpace(
                file.Values<float>("seen.scale", shape.Width), file.Values<float>("seen.points", Option(file, "seen"), shape.Width))
            {
                Limit = file.Values<double>("seen.limit", 1)[0],
            },
        };
        foreach ((int i, ParameterBuffer<float> member) in model.Members.Index())
        {
            foreach (Parameter<float> parameter in member.Parameters)
                file.Values<float>(NameOf(i, parameter.Name), parameter.Rows, parameter.Columns).CopyTo(parameter.Values);
        }

        return model;
    }

    private static TargetColumn[] ColumnsOf(ModelFile file)
    {
        JsonArray named = file.Metadata.Options["targets"] as JsonArray
            ?? throw UserException.Unusable($"{file.Path} lacks the option targets");
        return [.. named.Select(name =>
        {
            string[] parts = (name?.GetValueKind() == JsonValueKind.String ? name.GetValue<string>() : "").Split('=', 2);
            return PropertyTarget.Find(parts[0]) is { } target && parts.Length == 2
                && file.Metadata.Units.TryGetValue(target.Name, out string? unit)
                ? new TargetColumn(target, parts[1], unit) : throw UserException.Unusable($"{file.Path} names an unknown target");
        })];
    }

    // Files that do not say have what graphs had before anything could be chosen.
    private static GraphOptions GraphsOf(ModelFile file) => new(
        file.Metadata.Options["neighbors"] is null ? GraphOptions.Default.Neighbors : Option(file, "neighbors"),
        file.Metadata.Options["angles"]?.GetValueKind() == JsonValueKind.True,
        file.Metadata.Options["average_disorder"]?.GetValueKind() == JsonValueKind.True);

    private static string NameOf(int member, string parameter) => FormattableString.Invariant($"member.{member}.{parameter}");

    private static int Option(ModelFile file, string name) => file.Metadata.Options[name]?.GetValueKind() == JsonValueKind.Number
        ? file.Metadata.Options[name]!.GetValue<int>()
        : throw UserException.Unusable($"{file.Path} lacks the option {name}");
}
