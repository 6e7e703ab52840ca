using System.Text;
using System.Text.Json.Nodes;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Model;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Neighbors;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Models;

namespace CrystalHpc.Lattices.Prediction;

/// <summary>
/// A trained model: the known formulas, how features are scaled, the networks of a committee, and the temperatures that make its
/// probabilities honest.
/// </summary>
public sealed class LatticeModel
{
    /// <summary>The system in a model file.</summary>
    public const string System = "lattice";

    /// <summary>What the tensors of a file mean.</summary>
    public const int Version = 1;

    private readonly LatticePart _without;

    /// <summary>Makes a model of its parts.</summary>
    /// <param name="known">The known formulas.</param>
    /// <param name="scaling">How features are scaled.</param>
    /// <param name="width">Width of the networks.</param>
    /// <param name="members">Number of networks, which differ in the seed of their training.</param>
    /// <param name="without">A part that a study leaves out; files know nothing of it.</param>
    internal LatticeModel(KnownFormulas known, FeatureScaling scaling, int width, int members, LatticePart without)
    {
        _without = without;
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(scaling);
        (Known, Scaling, Width) = (known, scaling, width);
        Search = new FormulaNeighbors(known.Compositions);
        Members = [.. Enumerable.Range(0, members).Select(_ => new ParameterBuffer<float>(CreateNetwork().Parameters))];
    }

    /// <summary>Makes a model of its parts.</summary>
    /// <param name="known">The known formulas.</param>
    /// <param name="scaling">How features are scaled.</param>
    /// <param name="width">Width of the networks.</param>
    /// <param name="members">Number of networks, which differ in the seed of their training.</param>
    public LatticeModel(KnownFormulas known, FeatureScaling scaling, int width, int members)
        : this(known, scaling, width, members, LatticePart.None)
    {
    }

    private LatticeModel(LatticeModel other) =>
        (Known, Scaling, Width, Search, Members, _without) = (other.Known, other.Scaling, other.Width, other.Search, other.Members,
            other._without);

    /// <summary>The known formulas.</summary>
    public KnownFormulas Known { get; }

    /// <summary>How features are scaled.</summary>
    public FeatureScaling Scaling { get; }

    /// <summary>Width of the networks.</summary>
    public int Width { get; }

    /// <summary>Finds neighbors among the known formulas.</summary>
    public FormulaNeighbors Search { get; }

    /// <summary>The parameters of each network.</summary>
    public IReadOnlyList<ParameterBuffer<float>> Members { get; }

    /// <summary>Temperatures of the probabilities of space group, Bravais lattice and crystal system.</summary>
    public double[] Temperatures { get; init; } = [1, 1, 1];

    /// <summary>Formulas whose neighbors weigh so little in sum, as ln, or less, are warned about.</summary>
    public double LeastSupport { get; init; } = double.MinValue;

    /// <summary>The part that predicts cells; null when the model has none.</summary>
    public CellModel? Cells { get; init; }

    /// <summary>Elements of the known formulas, by atomic number less one.</summary>
    public IReadOnlySet<byte> Elements
        => field ??= Known.Compositions.SelectMany(composition => composition.Elements.ToArray()).ToHashSet();

    /// <summary>A network of this shape; give it parameters by <see cref="ParameterBuffer{T}.Share"/>.</summary>
    public LatticeNetwork<float> CreateNetwork() => new(Known, Scaling.Count, Width, _without);

    /// <summary>The neighbors of formulas, those that the model looks at.</summary>
    public NeighborTable NeighborsOf(IReadOnlyList<Composition> formulas)
    {
        NeighborTable table = Search.Find(formulas);
        for (int row = 0; row < table.Rows; row++)
        {
            if (_without == LatticePart.Memory)
                table.AlikeOf(row).Fill(-1);
            if (_without is LatticePart.Memory or LatticePart.OtherAmounts)
                table.OthersOf(row)[(_without == LatticePart.Memory ? 0 : NeighborTable.Mixed)..].Fill(-1);
        }

        return table;
    }

    /// <summary>The same with calibrated probabilities and cells.</summary>
    public LatticeModel With(double[] temperatures, double leastSupport, CellModel? cells) =>
        new(this) { Temperatures = temperatures, LeastSupport = leastSupport, Cells = cells };

    /// <summary>What the file of the model says of it.</summary>
    /// <param name="training">How it was trained.</param>
    /// <param name="digest">SHA-256 of the training data.</param>
    /// <param name="metrics">How good it was on validation samples.</param>
    public ModelMetadata Metadata(JsonObject training, string digest, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new ModelMetadata
        {
            System = System,
            Version = Version,
            Units = new SortedDictionary<string, string> { ["probability"] = "1", ["volume_per_atom"] = "A^3", ["a"] = "A", ["b"] = "A",
            ["c"] = "A" },
            Elements = [.. Elements.Order().Select(element => new Element((byte)(element + 1)).Symbol)],
            Options = new JsonObject
            {
                ["known_formulas"] = Known.Compositions.Count, ["known_cells"] = Cells?.Memory.Rows.Count ?? 0,
                    ["features"] = Scaling.Count, ["width"] = Width, ["members"] = Members.Count, ["training"] = training.DeepClone(),
            },
            TrainingData = digest,
            Metrics = metrics,
        };
    }

    /// <summary>The tensors of the file.</summary>
    public IReadOnlyList<StoredTensor> Tensors()
    {
        byte[] formulas = Encoding.ASCII.GetBytes(string.Join('\n', Known.Compositions.Select(composition => composition.Text)));
        var groups = new int[Known.Compositions.Count];
        for (int i = 0; i < groups.Length; i++)
            groups[i] = Known.Starts[i + 1] - Known.Starts[i];
        int[] counts = [.. Known.Counts.ToArray().Select(count => (int)count)];
        return
        [
            .. Members.SelectMany((member, i) => StoredTensor.All(member).Select(tensor => tensor with { Name = NameOf(i, tensor.Name) })),
            StoredTensor.Of<float>("features.mean", Scaling.Means, Scaling.Count),
            StoredTensor.Of<float>("features.deviation", Scaling.Deviations, Scaling.Count),
            StoredTensor.Of<byte>("known.formulas", formulas, formulas.Length),
            StoredTensor.Of<int>("known.group_counts", groups, groups.Length),
            StoredTensor.Of<byte>("known.groups", Known.Groups, Known.Groups.Length),
            StoredTensor.Of<int>("known.rows", counts, counts.Length),
            StoredTensor.Of<double>("temperatures", Temperatures, Temperatures.Length),
            StoredTensor.Of<double>("least_support", [LeastSupport], 1),
            .. Cells?.Tensors() ?? [],
        ];
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="UserException">The file is not a model of this system and version, or is damaged.</exception>
    public static LatticeModel Read(string path)
    {
        ModelFile file = ModelFile.Read(path, System, Version);
        int known = Option(file, "known_formulas"), features = Option(file, "features"), width = Option(file, "width"),
            members = Option(file, "members");
        if (features != FormulaFeatures.Count)
            throw UserException.Unusable($"{path} expects {features} features; this program makes {FormulaFeatures.Count}");
        int[] groupCounts = file.Values<int>("known.group_counts", known), starts = new int[known + 1];
        for (int i = 0; i < known; i++)
            starts[i + 1] = starts[i] + groupCounts[i];
        byte[] groups = file.Values<byte>("known.groups", starts[^1]);
        ushort[] counts = [.. file.Values<int>("known.rows", starts[^1]).Select(count => (ushort)count)];
        Composition[] compositions = StoredFormulas.Read(file, "known.formulas", known);
        if (groups.Any(group => group >= LatticeClasses.Groups))
            throw UserException.Unusable($"{path} names a space group beyond {LatticeClasses.Groups}");
        var scaling = new FeatureScaling(file.Values<float>("features.mean", features), file.Values<float>("features.deviation", features));
        int cells = Option(file, "known_cells");
        var model = new LatticeModel(new KnownFormulas(compositions, starts, groups, counts), scaling, width, members)
        {
            Cells = cells > 0 ? CellModel.Read(file, cells, scaling) : null,
            Temperatures = file.Values<double>("temperatures", 3),
            LeastSupport = file.Values<double>("least_support", 1)[0],
        };
        foreach ((int i, ParameterBuffer<float> member) in model.Members.Index())
        {
            foreach (Parameter<float> parameter in member.Parameters)
                file.Values<float>(NameOf(i, parameter.Name), parameter.Rows, parameter.Columns).CopyTo(parameter.Values);
        }

        return model;
    }

    private static string NameOf(int member, string parameter) => FormattableString.Invariant($"member.{member}.{parameter}");

    private static int Option(ModelFile file, string name) =>
        file.Metadata.Options[name]?.GetValueKind() == global::System.Text.Json.JsonValueKind.Number
            ? file.Metadata.Options[name]!.GetValue<int>()
            : throw UserException.Unusable($"{file.Path} lacks the option {name}");
}
