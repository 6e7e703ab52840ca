using System.Text.Json.Nodes;
using CsvHelper;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Models;

namespace CrystalHpc.Tests.Learning.Models;

/// <summary>Files of tensors: what is written is read, and what is not sound is refused with a clear line.</summary>
public sealed class SafetensorsFileTests
{
    private static readonly SafetensorsFile Example = new(
        new Dictionary<string, string> { ["unit"] = "Å", ["a"] = "" },
        [
            StoredTensor.Of<byte>("bytes", [1, 2, 3], 3),
            StoredTensor.Of<float>("single", [1.5f, -2], 2, 1),
            StoredTensor.Of<double>("double", [Math.PI], 1),
            StoredTensor.Of<int>("scalar", [-7]),
            StoredTensor.Of<long>("empty", [], 0, 4),
        ]);

    [Test]
    public void What_is_written_is_read()
    {
        using var folder = new TemporaryFolder();
        Example.Write(folder["x.safetensors"]);
        SafetensorsFile read = SafetensorsFile.Read(folder["x.safetensors"]);
        Assert.That(read.Metadata, Is.EquivalentTo(Example.Metadata));
        Assert.That(read.Tensors.Select(tensor => tensor.Name), Is.EquivalentTo(Example.Tensors.Select(tensor => tensor.Name)));
        foreach (StoredTensor tensor in Example.Tensors)
        {
            StoredTensor same = read.Tensors.Single(other => other.Name == tensor.Name);
            Assert.That((same.Type, string.Join(' ', same.Shape)), Is.EqualTo((tensor.Type, string.Join(' ', tensor.Shape))));
            Assert.That(same.Bytes.ToArray(), Is.EqualTo(tensor.Bytes.ToArray()));
        }
    }

    [Test]
    public void The_same_content_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        Assert.That(Example.Write(folder["a"]), Is.EqualTo(Example.Write(folder["b"])));
    }

    [Test]
    public void A_file_that_is_cut_anywhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        Example.Write(folder["x"]);
        byte[] whole = File.ReadAllBytes(folder["x"]);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder["cut"], whole[..length]);
            Assert.That(() => SafetensorsFile.Read(folder["cut"]), Throws.TypeOf<UserException>(), $"{length} bytes");
        }
    }

    [Test]
    public void Ten_lines_of_Python_read_a_file()
    {
        using var folder = new TemporaryFolder();
        Example.Write(folder["x.safetensors"]);
        Parallel.ChildResult result = Parallel.Python.Run(
            "numpy",
            """
            import json, struct, sys, numpy
            data = open(sys.argv[1], "rb").read()
            end = 8 + struct.unpack("<Q", data[:8])[0]
            header = json.loads(data[8:end])
            print(header.pop("__metadata__")["unit"])
            for name, tensor in sorted(header.items()):
                first, last = tensor["data_offsets"]
                kind = {"F64": "<f8", "F32": "<f4", "I64": "<i8", "I32": "<i4", "U8": "u1"}[tensor["dtype"]]
                print(name, numpy.frombuffer(data[end + first:end + last], kind).reshape(tensor["shape"]).tolist())
            """,
            folder["x.safetensors"]);
        Assert.That(
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Is.EqualTo(new[] { "Å", "bytes [1, 2, 3]", "double [3.141592653589793]", "empty []", "scalar -7", "single [[1.5], [-2.0]]" }));
    }

    [TestCaseSource(nameof(Faults))]
    public void A_file_of_the_collection_is_read_or_refused_as_is_right(string file, string expected, string alsoFine)
    {
        string path = Path.Combine(TestPaths.SharedOrIgnore("faults/safetensors"), file);
        string outcome;
        SafetensorsFile? read = null;
        try
        {
            read = SafetensorsFile.Read(path);
            outcome = "accept";
        }
        catch (UserException refusal)
        {
            outcome = refusal.Message;
            Assert.That(refusal.Message, Does.Contain(path).And.Not.Contain("\n"));
        }

        if (expected.StartsWith("refuse", StringComparison.Ordinal))
        {
            Assert.That(read, Is.Null, $"{expected}; also fine: {alsoFine}");
            return;
        }

        Assert.That(read, Is.Not.Null, outcome);
        JsonObject tensors = JsonNode.Parse(expected)!["tensors"]!.AsObject();
        Assert.That(read!.Tensors.Select(tensor => tensor.Name), Is.EquivalentTo(tensors.Select(item => item.Key)));
        foreach (StoredTensor tensor in read.Tensors)
        {
            JsonArray stated = tensors[tensor.Name]!.AsArray();
            Assert.That(tensor.Type.ToString(), Is.EqualTo(stated[0]!.GetValue<string>()));
            Assert.That(tensor.Shape, Is.EqualTo(stated[1]!.AsArray().Select(size => size!.GetValue<long>())));
            double[] values = tensor.Type == ElementType.F64 ? tensor.Values<double>() : [.. tensor.Values<float>()
                .Select(value => (double)value)];
            Assert.That(values, Is.EqualTo(stated[2]!.AsArray().Select(value => value!.GetValue<double>())));
        }
    }

    private static IEnumerable<TestCaseData> Faults()
    {
        string table = Path.Combine(TestPaths.RepositoryRoot, "..", "shared", "faults", "safetensors", "expectations.csv");
        if (!File.Exists(table))
        {
            yield return new TestCaseData("s01_valid_f32.safetensors", "", "");
            yield break;
        }

        using CsvReader rows = CsvReader.FromFile(table, CsvReaderOptions.Default);
        while (rows.Read())
        {
            yield return new TestCaseData(rows.GetString(0), rows.GetString(1), rows.GetString(4)).SetArgDisplayNames(rows.GetString(0));
        }
    }
}
