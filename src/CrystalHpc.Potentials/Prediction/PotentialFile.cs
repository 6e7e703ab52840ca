using System.Text.Json.Nodes;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Models;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Maise;
using CrystalHpc.Potentials.Model.N2p2;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Prediction;

/// <summary>Potentials as files: ours, one <c>.safetensors</c>, those of MAISE, and folders of n2p2.</summary>
internal static class PotentialFile
{
    /// <summary>The system in a model file.</summary>
    public const string System = "potential";

    /// <summary>What the tensors of a file mean.</summary>
    public const int Version = 1;

    /// <summary>Reads a potential: a model file, one of MAISE, or a folder of n2p2 with or without a prefix.</summary>
    /// <param name="path">File, folder, or folder and prefix.</param>
    /// <param name="units">Units of a folder; null: those of the convention.</param>
    /// <exception cref="UserException">There is no potential, or it cannot be used.</exception>
    public static PotentialModel Read(string path, FrameUnits? units = null)
    {
        if (N2p2Folder.IsOne(path))
            return N2p2Folder.Read(path, units);
        if (MaiseNetworkFile.IsOne(path))
            return MaiseNetworkFile.Read(path);
        ModelFile file = ModelFile.Read(path, System, Version);
        try
        {
            return Of(file);
        }
        catch (Exception fault) when (
            fault is InvalidOperationException or FormatException or ArgumentException or NullReferenceException or KeyNotFoundException)
        {
            throw UserException.Unusable($"the model {path} cannot be used: {fault.Message}");
        }
    }

    /// <summary>SHA-256 of what decides the predictions of a model.</summary>
    public static string Digest(string path) => WholeFile.Digest(
        !N2p2Folder.IsOne(path) ? path : Directory.Exists(path) ? Path.Combine(path, "scaling.data") : $"{path}.scaling.data");

    /// <summary>What the file of a model says of it.</summary>
    public static ModelMetadata Metadata(PotentialModel model, JsonObject training, string digest, IReadOnlyDictionary<string,
        double> metrics) => new()
    {
        System = System,
        Version = Version,
        Units = new SortedDictionary<string, string> { ["energy"] = "eV", ["forces"] = "eV/A", ["stress"] = "eV/A^3", ["length"] = "A" },
        Elements = [.. model.Elements.Select(element => element.Symbol)],
        Options = new JsonObject
        {
            ["hidden"] = new JsonArray([.. model.Hidden.Select(width => (JsonNode)width)]),
            ["members"] = model.Members.Count,
            ["functions"] = new JsonObject([.. model.Elements.Select((element, i) =>
                KeyValuePair.Create(element.Symbol, (JsonNode?)new JsonArray([.. model.Set.FunctionsOf(i).Select(Write)])))]),
            ["training"] = training.DeepClone(),
        },
        TrainingData = digest,
        Metrics = metrics,
    };

    /// <summary>The tensors of a model.</summary>
    public static IReadOnlyList<StoredTensor> Tensors(PotentialModel model)
    {
        Confidence c = model.Confidence;
        return
        [
            .. model.Members.SelectMany((member, i) =>
                StoredTensor.All(member).Select(tensor => tensor with { Name = NameOf(i, tensor.Name) })),
            .. model.Scaling.SelectMany((scaling, i) => ScalingOf(model.Elements[i], scaling)),
            StoredTensor.Of<double>("reference", model.ReferenceElectronVolt, model.ReferenceElectronVolt.Length),
            StoredTensor.Of<double>("shortest", model.ShortRange.ShortestAngstrom, model.Elements.Count, model.Elements.Count),
            .. model.Compositions is { } range
                ? (StoredTensor[])[StoredTensor.Of<double>("composition", [.. range.Lowest, .. range.Highest], 2, model.Elements.Count)]
                    : [],
            StoredTensor.Of<double>("energy_scale", [model.EnergyScaleElectronVolt], 1),
            StoredTensor.Of<double>(
                "confidence", [Stored(c.EnergyPerAtomElectronVolt), Stored(c.EnergySpreadFactor), Stored(c.ForceElectronVoltPerAngstrom),
                    Stored(c.ForceSpreadFactor), c.LargestExcess], 5),
        ];
    }

    private static PotentialModel Of(ModelFile file)
    {
        JsonObject options = file.Metadata.Options;
        Element[] elements = [.. file.Metadata.Elements.Select(Element.Of)];
        var set = new FunctionSet(elements, element => options["functions"]![element.Symbol]!.AsArray()
            .Select(row => Parse(row!.AsArray())));
        int[] hidden = [.. options["hidden"]!.AsArray().Select(width => width!.GetValue<int>())];
        InputScaling[] scaling = [.. elements.Select((element, i) => ReadScaling(file, element, set.FunctionsOf(i).Count))];
        double[] confidence = file.Values<double>("confidence", 5);
        var model = new PotentialModel(
            set, hidden, scaling, file.Values<double>("reference", elements.Length), file.Values<double>("energy_scale", 1)[0],
                options["members"]!.GetValue<int>())
        {
            ShortRange = new ShortRange(elements, file.Values<double>("shortest", elements.Length, elements.Length)),
            Compositions = ReadCompositions(file, elements.Length),
            Confidence = new Confidence(Known(confidence[0]), Known(confidence[1]), Known(confidence[2]), Known(confidence[3]),
                confidence[4]),
        };
        foreach ((int i, ParameterBuffer<double> member) in model.Members.Index())
        {
            foreach (Parameter<double> parameter in member.Parameters)
                file.Values<double>(NameOf(i, parameter.Name), parameter.Rows, parameter.Columns).CopyTo(parameter.Values);
        }

        return model;
    }

    // Models of before do not have it.
    private static CompositionRange? ReadCompositions(ModelFile file, int elements)
    {
        if (!file.Tensors.Any(tensor => tensor.Name == "composition"))
            return null;
        double[] values = file.Values<double>("composition", 2, elements);
        return new CompositionRange(values[..elements], values[elements..]);
    }

    private static IEnumerable<StoredTensor> ScalingOf(Element element, InputScaling scaling)
    {
        StoredTensor Part(string name, double[] values) => StoredTensor.Of<double>($"{element}.{name}", values, values.Length);
        return [Part("shift", scaling.Shift), Part("factor", scaling.Factor), Part("lowest", scaling.Lowest),
            Part("highest", scaling.Highest)];
    }

    private static InputScaling ReadScaling(ModelFile file, Element element, int count)
    {
        double[] Part(string name) => file.Values<double>($"{element}.{name}", count);
        return new InputScaling(Part("shift"), Part("factor"), Part("lowest"), Part("highest"));
    }

    // Numbers that are not known are stored as -1: files hold finite numbers only.
    private static double Stored(double value) => double.IsNaN(value) ? -1 : value;

    private static double Known(double value) => value < 0 ? double.NaN : value;

    private static JsonNode Write(SymmetryFunction f) => new JsonArray(
        f.Kind.ToString(), f.First.Symbol, f.Second?.Symbol, f.EtaPerSquareAngstrom, f.ShiftAngstrom, f.Lambda, f.Zeta, f.CutoffAngstrom,
            f.Factor);

    private static SymmetryFunction Parse(JsonArray row) => new(
        Enum.Parse<FunctionKind>(row[0]!.GetValue<string>()), Element.Of(row[1]!.GetValue<string>()), row[2] is { } second
            ? Element.Of(second.GetValue<string>()) : null,
        row[3]!.GetValue<double>(), row[4]!.GetValue<double>(), row[5]!.GetValue<double>(), row[6]!.GetValue<int>(),
            row[7]!.GetValue<double>(), row[8]!.GetValue<double>());

    private static string NameOf(int member, string parameter) => FormattableString.Invariant($"member.{member}.{parameter}");
}
