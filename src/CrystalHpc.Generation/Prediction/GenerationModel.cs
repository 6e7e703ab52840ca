using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Model;
using CrystalHpc.Generation.Prediction.Decoding;
using CrystalHpc.Generation.Training;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Prediction;

/// <summary>
/// A trained generator: the U-net, the autoencoder, and the U-net tuned to what the autoencoder makes. Serves one thread.
/// </summary>
public sealed class GenerationModel : IVoxelModel
{
    /// <summary>The system in a model file.</summary>
    public const string System = "generate";

    /// <summary>What the tensors of a file mean.</summary>
    public const int Version = 1;

    // Crystals that pass through the networks at a time.
    private const int Part = 10;

    private readonly NetworkSizes _sizes;
    private readonly UNet<float> _reader, _tuned;
    private readonly VariationalAutoencoder<float> _autoencoder;
    private readonly ParameterBuffer<float> _readerValues, _autoencoderValues, _tunedValues;
    private readonly VoxelLoader _loader;
    private readonly Volume<float> _crystals = new();
    private readonly Tensor<float> _latent = new();

    /// <summary>Makes a model of its parts.</summary>
    /// <param name="sizes">Sizes of the networks.</param>
    /// <param name="species">The elements.</param>
    /// <param name="deciles">What the conditions mean.</param>
    /// <param name="reader">Parameters of the U-net; none: zeros, to be filled.</param>
    /// <param name="autoencoder">Parameters of the autoencoder.</param>
    /// <param name="tuned">Parameters of the tuned U-net.</param>
    public GenerationModel(
        NetworkSizes sizes, SpeciesList species, EnergyDeciles deciles, ReadOnlySpan<float> reader, ReadOnlySpan<float> autoencoder,
        ReadOnlySpan<float> tuned)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        (_sizes, Species, Deciles) = (sizes, species, deciles);
        (_reader, _tuned, _autoencoder) = (new UNet<float>(sizes), new UNet<float>(sizes), new VariationalAutoencoder<float>(sizes));
        (_readerValues, _tunedValues) = (new ParameterBuffer<float>(_reader.Parameters), new ParameterBuffer<float>(_tuned.Parameters));
        _autoencoderValues = new ParameterBuffer<float>(_autoencoder.Parameters);
        reader.CopyTo(_readerValues.Values);
        autoencoder.CopyTo(_autoencoderValues.Values);
        tuned.CopyTo(_tunedValues.Values);
        Grid = sizes.Grid;
        _loader = new VoxelLoader(Grid);
    }

    /// <inheritdoc/>
    public VoxelGrid Grid { get; }

    /// <inheritdoc/>
    public SpeciesList Species { get; }

    /// <inheritdoc/>
    public EnergyDeciles Deciles { get; }

    /// <inheritdoc/>
    public int LatentSize => _sizes.Latent;

    /// <summary>Reads a model and the places of its training crystals in latent space.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserException">The file is not a model of this system and version, or is damaged.</exception>
    public static (GenerationModel Model, IReadOnlyList<ReferencePoint> References) Load(string path)
    {
        ModelFile file = ModelFile.Read(path, System, Version);
        var species = new SpeciesList(file.Metadata.Elements.Select(symbol => Element.TryParse(symbol, out Element element)
            ? element : throw UserException.Unusable($"{path} names the unknown element {symbol}")));
        var sizes = new NetworkSizes(Option(file, "size"), species.Count, Option(file, "latent"))
        {
            Reader = Channels(file, "reader_channels", NetworkSizes.DefaultReader),
                Coder = Channels(file, "coder_channels", NetworkSizes.DefaultCoder),
            HasUnitWidth = file.Metadata.Options["unit_width"]?.GetValueKind() == JsonValueKind.True,
        };
        if (sizes.Size is not (16 or 32) || sizes.Latent < 1 || NetworkSizes.ProblemOf(sizes.Size, sizes.Reader, sizes.Coder) is not null)
            throw UserException.Unusable($"{path} has sizes that no generator has");
        double[] bounds = file.Values<double>("deciles", Enum.GetValues<CellClass>().Length, (EnergyDeciles.Count - 2));
        var model = new GenerationModel(sizes, species, EnergyDeciles.From(bounds), [], [], []);
        foreach ((string name, ParameterBuffer<float> values) in model.Networks())
        {
            foreach (Parameter<float> parameter in values.Parameters)
                file.Values<float>(name + parameter.Name, parameter.Rows, parameter.Columns).CopyTo(parameter.Values);
        }

        return (model, ReferencesOf(file, sizes.Latent));
    }

    /// <summary>What the file of the model says of it.</summary>
    public ModelMetadata Metadata(JsonObject training, string digest, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new ModelMetadata
        {
            System = System,
            Version = Version,
            Units = new Dictionary<string, string> { ["density"] = "electrons/A^3", ["coordinates"] = "10 A", ["deciles"] = "eV/atom" },
            Elements = [.. Species.Elements.Select(element => element.Symbol)],
            Options = new JsonObject
            {
                ["size"] = _sizes.Size, ["latent"] = _sizes.Latent, ["reader_channels"] = new JsonArray([.. _sizes.Reader]),
                ["coder_channels"] = new JsonArray([.. _sizes.Coder]), ["unit_width"] = _sizes.HasUnitWidth,
                ["training"] = training.DeepClone(),
            },
            TrainingData = digest,
            Metrics = metrics,
        };
    }

    /// <summary>The tensors of the file.</summary>
    public IReadOnlyList<StoredTensor> Tensors(IReadOnlyList<ReferencePoint> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        byte[] keys = Encoding.UTF8.GetBytes(string.Join('\n', references.Select(reference => reference.Key)));
        return
        [
            .. Networks().SelectMany(network => network.Values.Parameters.Select(parameter =>
                StoredTensor.Of<float>(network.Name + parameter.Name, parameter.Values, parameter.Rows, parameter.Columns))),
            StoredTensor.Of("deciles", Deciles.Values, Enum.GetValues<CellClass>().Length, EnergyDeciles.Count - 2),
            StoredTensor.Of<byte>("references.keys", keys, keys.Length),
            StoredTensor.Of<byte>("references.classes", [.. references.Select(reference => (byte)reference.Class)], references.Count),
            StoredTensor.Of<float>("references.means", [.. references.SelectMany(reference => reference.Mean)], references.Count,
            _sizes.Latent),
        ];
    }

    /// <inheritdoc/>
    public void Encode(IReadOnlyList<CubicCell> cells, ReadOnlySpan<int> conditions, Span<float> means, Span<float> logVariances)
    {
        ArgumentNullException.ThrowIfNull(cells);
        for (int start = 0; start < cells.Count; start += Part)
        {
            int count = Math.Min(Part, cells.Count - start);
            _loader.Load([.. cells.Skip(start).Take(count)], _crystals);
            (Tensor<float> mean, Tensor<float> logVariance) = _autoencoder.Encode(
                _crystals, conditions.Slice(start, count), ForwardPass.Prediction);
            mean.Values.CopyTo(means[(start * LatentSize)..]);
            logVariance.Values.CopyTo(logVariances[(start * LatentSize)..]);
        }
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<float> latents, ReadOnlySpan<int> conditions, IReadOnlyList<VoxelMaps> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        for (int start = 0; start < maps.Count; start += Part)
        {
            int count = Math.Min(Part, maps.Count - start);
            _latent.Resize(count, LatentSize);
            latents.Slice(start * LatentSize, count * LatentSize).CopyTo(_latent.Values);
            Volume<float> made = _autoencoder.Decode(_latent, conditions.Slice(start, count), ForwardPass.Prediction);
            Reconstruction.ClampDensity(made);
            Read(_tuned, made, maps, start);
            for (int i = 0; i < count; i++)
                maps[start + i].EdgeAngstrom = Reconstruction.EdgeAngstrom(made, i);
        }
    }

    /// <inheritdoc/>
    public void Read(IReadOnlyList<CubicCell> cells, IReadOnlyList<VoxelMaps> maps)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(maps);
        for (int start = 0; start < cells.Count; start += Part)
        {
            CubicCell[] part = [.. cells.Skip(start).Take(Part)];
            _loader.Load(part, _crystals);
            Read(_reader, _crystals, maps, start);
            for (int i = 0; i < part.Length; i++)
                maps[start + i].EdgeAngstrom = part[i].EdgeAngstrom;
        }
    }

    private static void Read(UNet<float> network, Volume<float> crystals, IReadOnlyList<VoxelMaps> maps, int start)
    {
        (Tensor<float> occupancy, Tensor<float> species) = network.Forward(crystals, ForwardPass.Prediction);
        VectorMath.Sigmoid(occupancy.Values);
        for (int row = 0; row < species.Rows; row++)
            SoftmaxCrossEntropy.Softmax(species.Row(row));
        int voxels = crystals.Voxels;
        for (int sample = 0; sample < crystals.Samples; sample++)
        {
            VoxelMaps map = maps[start + sample];
            crystals.GetChannel(sample, 0, map.Density);
            occupancy.Values.Slice(sample * voxels, voxels).CopyTo(map.Occupancy);
            species.Values.Slice(sample * voxels * species.Columns, voxels * species.Columns).CopyTo(map.Probabilities);
        }
    }

    private static ReferencePoint[] ReferencesOf(ModelFile file, int latent)
    {
        StoredTensor? classes = file.Tensors.FirstOrDefault(tensor => tensor.Name == "references.classes");
        int count = classes?.Bytes.Length ?? throw UserException.Unusable($"{file.Path} lacks its references");
        float[] means = file.Values<float>("references.means", count, latent);
        string[] keys = Encoding.UTF8.GetString(file.Tensors.First(tensor => tensor.Name == "references.keys").Bytes.Span).Split('\n');
        return keys.Length < count
            ? throw UserException.Unusable($"{file.Path} names too few references")
            : [.. Enumerable.Range(0, count).Select(i => new ReferencePoint(
                keys[i], (CellClass)classes.Bytes.Span[i], means.AsSpan(i * latent, latent).ToArray()))];
    }

    private static int Option(ModelFile file, string name) => file.Metadata.Options[name]?.GetValueKind() == JsonValueKind.Number
        ? file.Metadata.Options[name]!.GetValue<int>()
        : throw UserException.Unusable($"{file.Path} lacks the option {name}");

    private static IReadOnlyList<int> Channels(ModelFile file, string name, IReadOnlyList<int> otherwise)
        => file.Metadata.Options[name] switch
    {
        null => otherwise,
        JsonArray array when array.All(item => item?.GetValueKind() == JsonValueKind.Number)
        => [.. array.Select(item => item!.GetValue<int>())],
        _ => throw UserException.Unusable($"{file.Path} has a damaged option {name}"),
    };

    private (string Name, ParameterBuffer<float> Values)[] Networks() =>
        [("reader.", _readerValues), ("autoencoder.", _autoencoderValues), ("tuned.", _tunedValues)];
}
