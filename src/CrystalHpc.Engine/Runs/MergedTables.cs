using System.Security.Cryptography;
using System.Text.Json;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Runs;

/// <summary>
/// <c>merged/tables.json</c>: written last by merging, it vouches for the tables beside it, as <see cref="ShardRecord"/> does for those of
/// a shard. What stands in a merged table that was changed by hand or damaged never gets into a result.
/// </summary>
/// <param name="Tables">SHA-256 of each table by file name.</param>
/// <param name="Seal">SHA-256 of this record with an empty seal.</param>
public sealed record MergedTables(SortedDictionary<string, string> Tables, string Seal)
{
    private const string FileName = "tables.json";

    private static readonly JsonSerializerOptions Json = new() {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Merging begins: nothing vouches for the tables until it has ended.</summary>
    public static void Open(RunDirectory run) => File.Delete(PathOf(run));

    /// <summary>All tables are written.</summary>
    /// <param name="run">The run.</param>
    /// <param name="tables">SHA-256 of each table by file name.</param>
    public static void Close(RunDirectory run, SortedDictionary<string, string> tables)
    {
        var open = new MergedTables(tables, "");
        MergedTables closed = open with { Seal = open.ComputeSeal() };
        WholeFile.Write(PathOf(run), stream => JsonSerializer.Serialize(stream, closed, Json));
    }

    /// <summary>Checks that all merged tables are as they were written; ranks share the work. A collective call.</summary>
    /// <exception cref="UserException">The run is not merged, or a table was changed; the message names it.</exception>
    public static void Verify(Job job, RunDirectory run) => job.World.Together(() =>
    {
        MergedTables record = Read(run);
        string[] tables = [.. record.Tables.Keys];
        foreach (int i in job.Mine([.. Enumerable.Range(0, tables.Length)]))
        {
            job.StopPoint();
            record.Check(run, tables[i]);
        }
    });

    /// <summary>Checks that a merged table is as it was written.</summary>
    /// <returns>Its SHA-256.</returns>
    /// <exception cref="UserException">The run is not merged, or the table was changed; the message names it.</exception>
    public static string Verify(RunDirectory run, string table) => Read(run).Check(run, table);

    private static MergedTables Read(RunDirectory run)
    {
        if (!File.Exists(PathOf(run)))
            throw UserException.Unusable($"{run.Root} is not merged, or not to the end: run 'crystalhpc merge {run.Root}'");
        MergedTables? record = null;
        try
        {
            record = JsonSerializer.Deserialize<MergedTables>(File.ReadAllBytes(PathOf(run)), Json);
        }
        catch (JsonException)
        {
        }

        if (record?.Tables is null || record.Seal != record.ComputeSeal())
            throw Changed(run, FileName);
        return record;
    }

    private string Check(RunDirectory run, string table)
    {
        string path = Path.Combine(run.Merged, table);
        return File.Exists(path) && Tables.TryGetValue(table, out string? digest) && WholeFile.Digest(path) == digest
            ? digest : throw Changed(run, table);
    }

    private static string PathOf(RunDirectory run) => Path.Combine(run.Merged, FileName);

    private static UserException Changed(RunDirectory run, string table) => UserException.Unusable(
        $"{Path.Combine(run.Merged, table)} is not as it was merged: it was changed, damaged or removed. Run 'crystalhpc merge {run.Root}' "
        + $"again");

    private string ComputeSeal()
        => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Seal = "" }, Json)));
}
