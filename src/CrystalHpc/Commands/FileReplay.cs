using CrystalHpc.Configuration;
using CrystalHpc.Corpora;
using CrystalHpc.Jobs;
using CrystalHpc.Pipeline;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Commands;

/// <summary>
/// <c>crystalhpc extract RUN --file ID</c>: one file of a run gone through again, with all that was thought of it and the rows it has in the
/// tables. Writes nothing.
/// </summary>
internal static class FileReplay
{
    /// <summary>Prints the structures of a file, or one of them.</summary>
    /// <param name="configuration">The configuration of the run.</param>
    /// <param name="run">The run directory; only its manifest is needed.</param>
    /// <param name="id">Id of a file or structure, or a path as in the manifest.</param>
    /// <exception cref="UserException">The run has no such file, or it cannot be read.</exception>
    public static void Print(RunConfiguration configuration, RunDirectory run, string id)
    {
        ManifestRow row = Csv.Read<ManifestRow>(run.Manifest).FirstOrDefault(row => IsMeant(row, id))
            ?? throw UserException.Unusable($"{run.Manifest} has no file '{id}'");
        using var reader = new CorpusReader(new Corpus(configuration.Corpus.Paths), CorpusLimits.Of(configuration.Corpus));
        FileContent content = reader.Read(row);
        if (content.Failure is { } failure)
            throw UserException.Unusable($"{row.Path}: {VerdictPrinter.Describe(failure)}");
        StructureOutcome[] outcomes = [.. new StructurePipeline(configuration).Process(row.Id, content.Bytes)];
        if (Array.Find(outcomes, outcome => outcome.StructureId == id) is { } chosen)
            outcomes = [chosen];
        Console.Out.WriteLine($"shard {row.Shard}");
        InspectionText.Print(Console.Out, row.Path, content.Bytes.ToArray(), outcomes, [.. outcomes.Select(outcome => Inspection.Of(outcome, [], valences: null))]);
        PrintTable("neighbors.csv", outcomes.SelectMany(NeighborTable.Rows));
        PrintTable("equations.csv", outcomes.SelectMany(outcome => outcome.Equations.Concat(outcome.AnionEquations)).SelectMany(EquationFile.Rows));
    }

    private static bool IsMeant(ManifestRow row, string id) =>
        row.Id == id || row.Path == id || (id.StartsWith(row.Id, StringComparison.Ordinal) && id[row.Id.Length] == ':');

    private static void PrintTable<TRow>(string name, IEnumerable<TRow> rows)
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine(name);
        Console.Out.Flush();
        using Stream output = Console.OpenStandardOutput();
        Csv.Write(output, rows);
    }
}
