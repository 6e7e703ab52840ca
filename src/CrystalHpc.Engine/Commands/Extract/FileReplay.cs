using System.Text;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.Engine.Commands;

/// <summary>
/// <c>crystalhpc extract RUN --file ID</c>: one file of a run gone through again, with all that was thought of it and the rows it has in
/// the tables. Writes nothing.
/// </summary>
public static class FileReplay
{
    /// <summary>Prints the structures of a file, or one of them.</summary>
    /// <param name="systems">Their products are the tables.</param>
    /// <param name="open">The run; only its manifest is needed.</param>
    /// <param name="id">Id of a file or structure, or a path as in the manifest.</param>
    /// <exception cref="UserException">The run has no such file, it cannot be read, or standard output cannot be written.</exception>
    public static void Print(SystemCatalog systems, OpenRun open, string id)
    {
        ManifestRow row = Csv.Read<ManifestRow>(open.Directory.Manifest).FirstOrDefault(row => IsMeant(row, id))
            ?? throw UserException.Unusable($"{open.Directory.Manifest} has no file '{id}'");
        CorpusOptions options = open.Configuration.Get(EngineSections.Corpus);
        using var reader = new CorpusReader(new Corpus(options.Paths), CorpusLimits.Of(options));
        FileContent content = reader.Read(row);
        if (content.Failure is { } failure)
            throw UserException.Unusable($"{row.Path}: {VerdictPrinter.Describe(failure)}");
        IReadOnlyList<IShardProduct> products = systems.Products(open.Configuration);
        StructureOutcome[] outcomes = [.. new StructurePipeline(open.Configuration, products).Process(row.Id, content.Bytes)];
        if (Array.Find(outcomes, outcome => outcome.StructureId == id) is { } chosen)
            outcomes = [chosen];
        Terminal.Out.WriteLine($"shard {row.Shard}");
        byte[] bytes = content.Bytes.ToArray();
        InspectionText.PrintFile(Terminal.Out, row.Path, bytes);
        foreach (StructureOutcome outcome in outcomes)
            InspectionText.PrintStructure(Terminal.Out, bytes, outcome, Inspection.Of(outcome, [], valences: null, sums: null));
        PrintTables(products, row, outcomes);
        Terminal.RequireOutput();
    }

    private static bool IsMeant(ManifestRow row, string id) =>
        row.Id == id || row.Path == id || (id.StartsWith(row.Id, StringComparison.Ordinal) && id[row.Id.Length] == ':');

    private static void PrintTables(IReadOnlyList<IShardProduct> products, ManifestRow row, StructureOutcome[] outcomes)
    {
        var memory = new TablesInMemory();
        using (var tables = new ShardTables(products, memory))
        {
            foreach (StructureOutcome outcome in outcomes)
                tables.Append(row, outcome);
            tables.Complete();
        }

        foreach ((string name, ReadOnlyMemory<byte> content) in memory.Tables)
        {
            Terminal.Out.WriteLine();
            Terminal.Out.WriteLine(name);
            if (name.EndsWith(".csv", StringComparison.Ordinal))
                Terminal.Out.Write(Encoding.UTF8.GetString(content.Span));
            else
                Terminal.Out.WriteLine(FormattableString.Invariant($"{content.Length} bytes that are no text"));
        }
    }
}
