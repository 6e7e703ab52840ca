using System.Text.Encodings.Web;
using System.Text.Json;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Runs;

/// <summary>
/// The last attempt of a command on a run: <c>RUN/logs/VERB.job.json</c>. A job writes it when it takes the run up and when it ends in good
/// order, and touches it twice a minute in between. Nothing depends on it but what people are told.
/// </summary>
/// <param name="Name">The verb; for one of several jobs that work beside one another with its part: <c>extract-3-of-100</c>.</param>
/// <param name="Command">The command line, without the program.</param>
/// <param name="ProgramVersion">Version of the program.</param>
/// <param name="Attempt">From 1: how often the command was given for this run.</param>
/// <param name="Host">Node of rank 0.</param>
/// <param name="Process">Number of the process of rank 0 on its node.</param>
/// <param name="SlurmJob">Number of the Slurm job; null outside Slurm.</param>
/// <param name="Ranks">Ranks or threads.</param>
/// <param name="Started">When it began, UTC.</param>
/// <param name="Ended">When it ended in good order, UTC; null: it has not, or was killed.</param>
/// <param name="ExitCode">Its exit code; null as long as it has not ended.</param>
public sealed record AttemptRecord(
    string Name,
    string Command,
    string ProgramVersion,
    int Attempt,
    string Host,
    int Process,
    string? SlurmJob,
    int Ranks,
    DateTime Started,
    DateTime? Ended,
    int? ExitCode)
{
    private const string Ending = ".job.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Where the record of a command lies.</summary>
    public static string PathOf(RunDirectory run, string name) => Path.Combine(run.Logs, name + Ending);

    /// <summary>All records of a run.</summary>
    public static IEnumerable<string> PathsOf(RunDirectory run) =>
        Directory.Exists(run.Logs) ? Directory.EnumerateFiles(run.Logs, "*" + Ending) : [];

    /// <summary>Reads a record; null when there is none, or one that a crash has torn.</summary>
    public static AttemptRecord? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<AttemptRecord>(File.ReadAllBytes(path), Json);
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes it in place: a reader takes a torn one for none.</summary>
    public void Write(RunDirectory run)
    {
        Directory.CreateDirectory(run.Logs);
        using var file = new OutputFileStream(PathOf(run, Name));
        file.Write(JsonSerializer.SerializeToUtf8Bytes(this, Json));
    }
}
