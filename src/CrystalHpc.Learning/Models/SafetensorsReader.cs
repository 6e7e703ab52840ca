using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Learning.Models;

/// <summary>Reads a <c>.safetensors</c> file from anywhere: nothing that its header says is believed before it is checked.</summary>
internal sealed class SafetensorsReader
{
    // The limit of the reference implementation.
    private const long LongestHeader = 100_000_000;

    private readonly string _path;
    private readonly ReadOnlyMemory<byte> _data;

    private SafetensorsReader(string path, ReadOnlyMemory<byte> data) => (_path, _data) = (path, data);

    /// <summary>Reads the bytes of a file; the path is for messages.</summary>
    /// <exception cref="UserException">The file is not sound.</exception>
    public static SafetensorsFile Read(ReadOnlyMemory<byte> file, string path)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (Impostor(bytes) is { } other)
            throw Refuse(path, $"it is {other}");
        if (bytes.Length < SafetensorsFile.LengthBytes)
            throw Refuse(path, "it is shorter than 8 bytes");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length == 0)
            throw Refuse(path, "its header is empty");
        if (length > LongestHeader)
            throw Refuse(path, string.Create(CultureInfo.InvariantCulture,
                $"the header length {length} is over the limit of {LongestHeader} bytes"));
        if (length > (ulong)(bytes.Length - SafetensorsFile.LengthBytes))
            throw Refuse(path, string.Create(CultureInfo.InvariantCulture, $"the header length {length} leads beyond the end of the file"));
        ReadOnlyMemory<byte> header = file.Slice(SafetensorsFile.LengthBytes, (int)length);
        if (header.Span[0] != (byte)'{')
            throw Refuse(path, "its header does not begin with {");
        return new SafetensorsReader(path, file[(SafetensorsFile.LengthBytes + (int)length)..]).ReadHeader(header);
    }

    private static string? Impostor(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("version https://git-lfs"u8) ? "a Git LFS pointer, not the model: fetch it with 'git lfs pull'"
        : bytes.StartsWith("PK\u0003\u0004"u8) ? "a zip archive such as a PyTorch checkpoint, not safetensors"
        : null;

    private SafetensorsFile ReadHeader(ReadOnlyMemory<byte> header)
    {
        try
        {
            _ = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetCharCount(header.Span);
        }
        catch (DecoderFallbackException)
        {
            throw Refuse("its header is not UTF-8");
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(header);
            return ReadEntries(json.RootElement);
        }
        catch (JsonException fault)
        {
            throw Refuse($"its header is not sound JSON: {fault.Message}");
        }
    }

    private SafetensorsFile ReadEntries(JsonElement root)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var tensors = new List<(long Start, StoredTensor Tensor)>();
        foreach ((string name, JsonElement value) in Entries(root, "the header"))
        {
            if (name == SafetensorsFile.MetadataKey)
            {
                foreach ((string key, JsonElement text) in Entries(value, "the metadata"))
                    metadata[key] = text.ValueKind == JsonValueKind.String ? text.GetString()! : throw Refuse(
                        $"the metadata value of {key} is not text");
            }
            else
            {
                tensors.Add(ReadTensor(name, value));
            }
        }

        return new SafetensorsFile(metadata, InOrder(tensors));
    }

    private (long Start, StoredTensor Tensor) ReadTensor(string name, JsonElement entry)
    {
        Dictionary<string, JsonElement> fields = Entries(entry, name).ToDictionary(item => item.Name, item => item.Value);
        JsonElement Field(string key)
            => fields.TryGetValue(key, out JsonElement value) ? value : throw Refuse($"{key} is missing for {name}");
        JsonElement dtype = Field("dtype");
        string type = dtype.ValueKind == JsonValueKind.String ? dtype.GetString()! : throw Refuse($"the type of {name} is not text");
        if (!Enum.GetNames<ElementType>().Contains(type))
            throw Refuse($"the type {type} of {name} is unknown here; known are {string.Join(", ", Enum.GetNames<ElementType>())}");
        ElementType known = Enum.Parse<ElementType>(type);
        long[] shape = WholeNumbers(Field("shape"), $"the shape of {name}"),
            range = WholeNumbers(Field("data_offsets"), $"the range of {name}");
        if (range.Length != 2 || range[0] > range[1])
            throw Refuse($"the range of {name} is not a start and an end");
        if (range[1] > _data.Length)
            throw Refuse($"the data of {name} end after the file: the file is cut or no model");
        long has = range[1] - range[0];
        if (BytesOf(shape, known) != has)
            throw Refuse(string.Create(CultureInfo.InvariantCulture,
                $"the shape of {name} needs {BytesOf(shape, known)} bytes, its range has {has}"));
        var tensor = new StoredTensor(name, known, shape, _data.Slice((int)range[0], (int)has));
        return tensor.IsFinite() ? (range[0], tensor) : throw Refuse($"{name} holds NaN or infinity");
    }

    // The tensors cover the data without gap or overlap.
    private StoredTensor[] InOrder(List<(long Start, StoredTensor Tensor)> tensors)
    {
        long end = 0;
        string before = "the header";
        (long Start, StoredTensor Tensor)[] ordered = [.. tensors.OrderBy(item => item.Start).ThenBy(item => item.Tensor.Bytes.Length)];
        foreach ((long start, StoredTensor tensor) in ordered)
        {
            if (start < end)
                throw Refuse($"{before} and {tensor.Name} share bytes");
            if (start > end)
                throw Refuse($"there are bytes between {before} and {tensor.Name} that belong to no tensor");
            (end, before) = (start + tensor.Bytes.Length, tensor.Name);
        }

        return end == _data.Length ? [.. ordered.Select(item => item.Tensor)] : throw Refuse("there are bytes after the last tensor");
    }

    private IEnumerable<(string Name, JsonElement Value)> Entries(JsonElement element, string what)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Refuse($"{what} is not an object");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!seen.Add(property.Name))
                throw Refuse($"{what} has the key {property.Name} twice");
            yield return (property.Name, property.Value);
        }
    }

    private long[] WholeNumbers(JsonElement element, string what)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw Refuse($"{what} is not a list");
        return [.. element.EnumerateArray().Select(item =>
            item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out long number)
                ? throw Refuse($"{what} is not made of whole numbers")
            : number < 0 ? throw Refuse($"{what} has a negative number")
            : number)];
    }

    // A product that no file could hold becomes the largest number.
    private static long BytesOf(long[] shape, ElementType type)
    {
        if (shape.Contains(0))
            return 0;
        Int128 bytes = StoredTensor.SizeOf(type);
        foreach (long size in shape)
            bytes = Int128.Min(bytes * size, long.MaxValue);
        return (long)bytes;
    }

    private UserException Refuse(string reason) => Refuse(_path, reason);

    private static UserException Refuse(string path, string reason) => UserException.Unusable($"the model {path} cannot be used: {reason}");
}
