using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Learning.Models;

/// <summary>
/// A trained model: one <c>.safetensors</c> file whose metadata say all that is to be known of it, sealed by a digest of everything else in
/// it.
/// </summary>
/// <param name="Path">Where it lies, for messages.</param>
/// <param name="Metadata">What it says of itself.</param>
/// <param name="Tensors">Its tensors.</param>
public sealed record ModelFile(string Path, ModelMetadata Metadata, IReadOnlyList<StoredTensor> Tensors)
{
    private const string DigestKey = "sha256";

    private static readonly string[] Keys = ["system", "version", "units", "elements", "options", "training_data", "metrics"];

    /// <summary>Writes the file; the same content gives the same bytes.</summary>
    /// <returns>SHA-256 of the file.</returns>
    public string Write()
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["system"] = Metadata.System,
            ["version"] = Metadata.Version.ToString(CultureInfo.InvariantCulture),
            ["units"] = JsonSerializer.Serialize(Sorted(Metadata.Units)),
            ["elements"] = string.Join(' ', Metadata.Elements),
            ["options"] = Metadata.Options.ToJsonString(),
            ["training_data"] = Metadata.TrainingData,
            ["metrics"] = JsonSerializer.Serialize(Sorted(Metadata.Metrics)),
        };
        texts[DigestKey] = Digest(texts, Tensors);
        return new SafetensorsFile(texts, Tensors).Write(Path);
    }

    /// <summary>Reads a model of a system.</summary>
    /// <param name="path">The file.</param>
    /// <param name="system">The system that wants to use it.</param>
    /// <param name="version">The version that the system knows.</param>
    /// <exception cref="UserException">The file is not sound, was edited, or is a model of another system or version; the message says what
    /// to do.</exception>
    public static ModelFile Read(string path, string system, int version)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        foreach (string key in (string[])[.. Keys, DigestKey])
        {
            if (!file.Metadata.ContainsKey(key))
                throw Refuse(path, $"its metadata lack '{key}': it is not a model of crystalhpc");
        }

        if (file.Metadata["system"] != system)
            throw Refuse(path, $"it is a model of '{file.Metadata["system"]}', not of '{system}'");
        if (file.Metadata["version"] != version.ToString(CultureInfo.InvariantCulture))
        {
            throw Refuse(path, string.Create(
                CultureInfo.InvariantCulture,
                $"it has version {file.Metadata["version"]}, and this program reads version {version}: "
                + $"train it again, or use another program version"));
        }

        if (Digest(file.Metadata, file.Tensors) != file.Metadata[DigestKey])
            throw Refuse(path, "its content does not have the digest that it states: it was edited or damaged");
        return new ModelFile(path, MetadataOf(path, file.Metadata), file.Tensors);
    }

    /// <summary>The numbers of a tensor.</summary>
    /// <exception cref="UserException">There is no such tensor, or it has another type or shape.</exception>
    public T[] Values<T>(string name, params IReadOnlyList<long> shape) where T : unmanaged
    {
        StoredTensor tensor = Tensors.FirstOrDefault(tensor => tensor.Name == name) ?? throw Refuse(Path, $"the tensor {name} is missing");
        if (!tensor.Shape.SequenceEqual(shape))
            throw Refuse(Path, $"the tensor {name} has the shape [{string.Join(", ", tensor.Shape)}], not [{string.Join(", ", shape)}]");
        try
        {
            return tensor.Values<T>();
        }
        catch (ArgumentException fault)
        {
            throw Refuse(Path, fault.Message);
        }
    }

    /// <summary>Gives a network the parameters that the file holds for it.</summary>
    /// <exception cref="UserException">One is missing or has another type or shape.</exception>
    public void Load<T>(ParameterBuffer<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (Parameter<T> parameter in parameters.Parameters)
            Values<T>(parameter.Name, parameter.Rows, parameter.Columns).CopyTo(parameter.Values);
    }

    private static ModelMetadata MetadataOf(string path, IReadOnlyDictionary<string, string> texts)
    {
        try
        {
            return new ModelMetadata
            {
                System = texts["system"],
                Version = int.Parse(texts["version"], NumberStyles.None, CultureInfo.InvariantCulture),
                Units = JsonSerializer.Deserialize<SortedDictionary<string, string>>(texts["units"]) ?? [],
                Elements = texts["elements"].Split(' ', StringSplitOptions.RemoveEmptyEntries),
                Options = JsonNode.Parse(texts["options"]) as JsonObject ?? throw new FormatException("the options are not an object"),
                TrainingData = texts["training_data"],
                Metrics = JsonSerializer.Deserialize<SortedDictionary<string, double>>(texts["metrics"]) ?? [],
            };
        }
        catch (Exception fault) when (fault is JsonException or FormatException or OverflowException)
        {
            throw Refuse(path, $"its metadata cannot be read: {fault.Message}");
        }
    }

    // Of every text and every tensor but the digest itself, each with its length before it, so that no two contents run together.
    private static string Digest(IReadOnlyDictionary<string, string> texts, IReadOnlyList<StoredTensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Append(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
            hash.AppendData(bytes);
        }

        foreach ((string key, string text) in texts.Where(item => item.Key != DigestKey).OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            Append(Encoding.UTF8.GetBytes(key));
            Append(Encoding.UTF8.GetBytes(text));
        }

        foreach (StoredTensor tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            Append(Encoding.UTF8.GetBytes($"{tensor.Name}\n{tensor.Type}\n{string.Join(' ', tensor.Shape)}"));
            Append(tensor.Bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static SortedDictionary<string, T> Sorted<T>(IReadOnlyDictionary<string, T> values)
        => new(values.ToDictionary(), StringComparer.Ordinal);

    private static UserException Refuse(string path, string reason) => UserException.Unusable($"the model {path} cannot be used: {reason}");
}
