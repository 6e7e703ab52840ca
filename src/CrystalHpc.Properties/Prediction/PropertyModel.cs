using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Models;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Prediction;

/// <summary>What a model knows of a target besides the networks.</summary>
/// <param name="Column">The target, and where tables have it.</param>
/// <param name="Mean">Mean of the training rows: what the network calls 0, and the plainest prediction.</param>
/// <param name="Scale">Their standard deviation: what the network calls 1.</param>
/// <param name="Noise">Error that the committee does not show, added to its spread as squares.</param>
/// <param name="Factor">Makes standard errors such that 1.645 of them hold nine in ten validation rows; of a question the factor of the
/// logit that calibrates probabilities on validation rows (temperature scaling).</param>
public sealed record LearnedTarget(TargetColumn Column, double Mean, double Scale, double Noise, double Factor)
{
    /// <summary>What the network is to answer: a number in units of its scale, or 0 or 1.</summary>
    public double Scaled(double value) => Column.Target.IsQuestion ? value : (value - Mean) / Scale;

    /// <summary>What an output of a network says: a number, or a probability.</summary>
    public double Plain(double output) =>
        Column.Target.IsQuestion ? Odds.Probability(Factor * output) : Column.Target.Clamp(Mean + Scale * output);
}

/// <summary>A trained model: the networks of a committee, the scales of its targets, and the crystals that it has seen.</summary>
public sealed class PropertyModel
{
    /// <summary>The system in a model file.</summary>
    public const string System = "property";

    /// <summary>What the tensors of a file mean.</summary>
    public const int Version = 2;

    /// <summary>Makes a model of its parts.</summary>
    public PropertyModel(NetworkShape shape, int members, IReadOnlyList<LearnedTarget> targets, IReadOnlySet<byte> elements)
    {
        (Shape, Targets, Elements) = (shape, targets, elements);
        Members = [.. Enumerable.Range(0, members).Select(_ => new ParameterBuffer<float>(CreateNetwork().Parameters))];
    }

    /// <summary>Sizes of the networks.</summary>
    public NetworkShape Shape { get; }

    /// <summary>The targets, a column of the networks each.</summary>
    public IReadOnlyList<LearnedTarget> Targets { get; }

    /// <summary>Elements of the training crystals, by atomic number less one.</summary>
    public IReadOnlySet<byte> Elements { get; }

    /// <summary>The parameters of each network.</summary>
    public IReadOnlyList<ParameterBuffer<float>> Members { get; }

    /// <summary>What it sees of a crystal.</summary>
    public PropertyInput Input { get; init; }

    /// <summary>The structure type of all training crystals; null where there are several.</summary>
    public CrystalType? Type { get; init; }

    /// <summary>The most elements that a training crystal has.</summary>
    public int MostElements { get; init; }

    /// <summary>What the file calls it: the name of its folder.</summary>
    public string Name { get; init; } = "";

    /// <summary>Figures of validation rows, by <c>TARGET.METRIC</c>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The training crystals; null while they are not known.</summary>
    public FeatureSpace? Seen { get; init; }

    /// <summary>Which targets are questions.</summary>
    public IReadOnlyList<bool> IsQuestion => [.. Targets.Select(target => target.Column.Target.IsQuestion)];

    /// <summary>Number of a target; -1 where the model does not predict it.</summary>
    public int IndexOf(string target)
    {
        for (int k = 0; k < Targets.Count; k++)
        {
            if (Targets[k].Column.Target.Name == target)
                return k;
        }

        return -1;
    }

    /// <summary>A network of this shape; give it parameters by <see cref="ParameterBuffer{T}.Share"/>.</summary>
    public CrystalNetwork<float> CreateNetwork() => new(Shape);

    /// <summary>Gives atoms and convolutions of one of the networks to another network.</summary>
    /// <param name="seed">Chooses the network.</param>
    /// <param name="parameters">The parameters of the other.</param>
    public void Start(ulong seed, IReadOnlyList<Parameter<float>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        IReadOnlyList<Parameter<float>> own = Members[(int)(seed % (ulong)Members.Count)].Parameters;
        foreach ((Parameter<float> from, Parameter<float> to) in own.Zip(parameters).Where(pair => !IsOfHead(pair.First.Name)))
            from.Values.CopyTo(to.Values);
    }

    private static bool IsOfHead(string parameter) =>
        parameter.StartsWith("hidden.", StringComparison.Ordinal) || parameter.StartsWith("output.", StringComparison.Ordinal);

    /// <summary>The same with what is calibrated.</summary>
    public PropertyModel With(IReadOnlyList<LearnedTarget> targets, FeatureSpace seen)
    {
        var model = new PropertyModel(Shape, Members.Count, targets, Elements)
        {
            Seen = seen, Input = Input, Type = Type, MostElements = MostElements,
        };
        for (int member = 0; member < Members.Count; member++)
            Members[member].Values.CopyTo(model.Members[member].Values);
        return model;
    }

    /// <summary>What the file of the model says of it.</summary>
    public ModelMetadata Metadata(JsonObject training, string digest, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(training);
        var metadata = new ModelMetadata
        {
            System = System,
            Version = Version,
            Units = Targets.ToDictionary(target => target.Column.Target.Name, target => target.Column.Unit),
            Elements = [.. Elements.Order().Select(element => new Element((byte)(element + 1)).Symbol)],
            Options = new JsonObject
            {
                ["input"] = SnakeCase.Of(Input), ["convolutions"] = Shape.Convolutions, ["width"] = Shape.Width, ["hidden"] = Shape.Hidden,
                ["members"] = Members.Count, ["most_elements"] = MostElements, ["seen"] = Seen!.Points.Length / Shape.Width,
                ["neighbors"] = Shape.Graphs.Neighbors, ["angles"] = Shape.Graphs.Angles,
                ["average_disorder"] = Shape.Graphs.AverageDisorder,
                ["targets"] = new JsonArray(
                    [.. Targets.Select(target => JsonValue.Create($"{target.Column.Target.Name}={target.Column.Column}"))]),
                ["training"] = training.DeepClone(),
            },
            TrainingData = digest,
            Metrics = metrics,
        };
        if (Type is { } type)
        {
            metadata.Options["type"] = new JsonObject
            {
                ["amounts"] = new JsonArray([.. type.Amounts.Order(StringComparer.Ordinal).Select(text => JsonValue.Create(text))]),
                ["distances"] = new JsonArray([.. type.Distances.Select(number => JsonValue.Create(number))]),
            };
        }

        return metadata;
    }

    /// <summary>The tensors of the file.</summary>
    public IReadOnlyList<StoredTensor> Tensors()
    {
        double[] scales = [.. Targets.SelectMany(target => new[] { target.Mean, target.Scale, target.Noise, target.Factor })];
        return
        [
            .. Members.SelectMany((member, i) => member.Parameters.Select(parameter =>
                StoredTensor.Of<float>(NameOf(i, parameter.Name), parameter.Values, parameter.Rows, parameter.Columns))),
            StoredTensor.Of<double>("targets.scales", scales, Targets.Count, 4),
            StoredTensor.Of("seen.scale", Seen!.Scale, Shape.Width),
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
            Graphs = GraphsOf(file), Features = FeaturesOf(InputOf(file)),
        };
        if (shape.Width % BondKernel<float>.Lanes != 0)
            throw UserException.Unusable($"{path} has a width that no network has");
        double[] scales = file.Values<double>("targets.scales", columns.Length, 4);
        byte[] elements = [.. file.Metadata.Elements.Select(symbol => Element.TryParse(symbol, out Element element)
            ? (byte)(element.AtomicNumber - 1) : throw UserException.Unusable($"{path} names the unknown element {symbol}"))];
        LearnedTarget[] targets = [.. columns.Select(
            (column, k) => new LearnedTarget(column, scales[4 * k], scales[4 * k + 1], scales[4 * k + 2], scales[4 * k + 3]))];
        var model = new PropertyModel(shape, Option(file, "members"), targets, elements.ToHashSet())
        {
            Name = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) ?? "",
            Metrics = file.Metadata.Metrics,
            Input = InputOf(file),
            Type = TypeOf(file),
            MostElements = Option(file, "most_elements"),
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

    /// <summary>Features of a whole crystal that a kind of model takes.</summary>
    public static int FeaturesOf(PropertyInput input) => input == PropertyInput.Formula ? FormulaFeatures.Count : 0;

    private static PropertyInput InputOf(ModelFile file) => Enum.GetValues<PropertyInput>().FirstOrDefault(
        input => SnakeCase.Of(input) == file.Metadata.Options["input"]?.ToString());

    private static CrystalType? TypeOf(ModelFile file)
    {
        if (file.Metadata.Options["type"] is not JsonObject type)
            return null;
        double[] distances = type["distances"] is JsonArray numbers
            ? [.. numbers.Select(number => number?.GetValueKind() == JsonValueKind.Number ? number.GetValue<double>() : double.NaN)] : [];
        return type["amounts"] is JsonArray amounts && distances.Length == CrystalType.Neighbors && distances.All(double.IsFinite)
            ? new CrystalType(amounts.Select(text => text?.ToString() ?? "").ToHashSet(), distances)
            : throw UserException.Unusable($"{file.Path} has a structure type that is none");
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
