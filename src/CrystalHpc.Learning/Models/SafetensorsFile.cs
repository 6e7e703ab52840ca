using System.Buffers.Binary;
using System.Text.Json;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Learning.Models;

/// <summary>
/// A <c>.safetensors</c> file (https://github.com/huggingface/safetensors): the length of the header in 8 bytes, the header as JSON, the
/// numbers of all tensors end to end. Readable from Python by the package of that name, or in ten lines.
/// </summary>
/// <param name="Metadata">Texts by name.</param>
/// <param name="Tensors">The tensors, in the order of their numbers.</param>
public sealed record SafetensorsFile(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<StoredTensor> Tensors)
{
    /// <summary>Key of the metadata in the header.</summary>
    internal const string MetadataKey = "__metadata__";

    /// <summary>Bytes of the length of the header.</summary>
    internal const int LengthBytes = 8;

    /// <summary>
    /// Writes the file as a whole: the same bytes for the same content. Tensors of larger numbers come first, so that all are aligned.
    /// </summary>
    /// <returns>SHA-256 of the file.</returns>
    public string Write(string path)
    {
        StoredTensor[] ordered = [.. Tensors.OrderByDescending(tensor => StoredTensor.SizeOf(tensor.Type))];
        byte[] header = Header(ordered);
        return WholeFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (StoredTensor tensor in ordered)
                stream.Write(tensor.Bytes.Span);
        });
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserException">It is missing, or no sound file of this kind, or holds weights that are no numbers; the message says
    /// what.</exception>
    public static SafetensorsFile Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw UserException.Unusable($"the model {path} cannot be read: {fault.Message}");
        }

        return SafetensorsReader.Read(bytes, path);
    }

    private byte[] Header(StoredTensor[] ordered)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in Metadata.OrderBy(item => item.Key, StringComparer.Ordinal))
                writer.WriteString(key, value);
            writer.WriteEndObject();
            long offset = 0;
            foreach (StoredTensor tensor in ordered)
            {
                writer.WriteStartObject(tensor.Name);
                writer.WriteString("dtype", tensor.Type.ToString());
                WriteNumbers(writer, "shape", tensor.Shape);
                WriteNumbers(writer, "data_offsets", [offset, offset += tensor.Bytes.Length]);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        // The numbers begin at a multiple of eight bytes.
        while (stream.Length % LengthBytes != 0)
            stream.WriteByte((byte)' ');
        return stream.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
