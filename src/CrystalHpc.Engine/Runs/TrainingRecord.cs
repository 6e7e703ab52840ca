using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Runs;

/// <summary>What <c>training.json</c> holds: which training a run directory belongs to, and how far it is.</summary>
/// <param name="Format">Version of the layout of the directory.</param>
/// <param name="CodeVersion">Version of the program that wrote it last.</param>
/// <param name="System">The system whose model is trained.</param>
/// <param name="Decides">All that decides the model: options, digests of data.</param>
/// <param name="Progress">How far it is, for people, such as <c>epoch 3 of 20</c>.</param>
/// <param name="IsDone">True when the model and its tables are written.</param>
public sealed record TrainingRecord(int Format, string CodeVersion, string System, JsonObject Decides, string Progress, bool IsDone)
{
    private const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Begins a training in a directory, or takes up the one that is there. For rank 0.</summary>
    /// <exception cref="UserException">The directory belongs to another training, or to a run over a corpus; the message says in what they
    /// differ.</exception>
    public static TrainingRecord Open(RunDirectory run, string system, JsonObject decides)
    {
        if (File.Exists(run.RunJson))
            throw UserException.Unusable($"{run.Root} is a run over a corpus; choose another --run for the training");
        var asked = new TrainingRecord(CurrentFormat, ProgramVersion.Full, system, decides, "about to begin", IsDone: false);
        if (File.Exists(run.TrainingJson))
        {
            TrainingRecord there = Read(run);
            var differences = new List<string>();
            JsonDifferences.Add(there.System, system, "system", differences);
            JsonDifferences.Add(there.Decides, decides, "", differences);
            if (differences.Count > 0)
            {
                throw UserException.Unusable(
                    $"{run.Root} belongs to another training; choose another --run, or remove it. It differs in "
                    + $"{string.Join("; ", differences)}");
            }
        }

        asked.Write(run);
        return asked;
    }

    /// <summary>Reads <c>training.json</c>.</summary>
    /// <exception cref="UserException">It is damaged, or not one of this version's.</exception>
    public static TrainingRecord Read(RunDirectory run)
    {
        ArgumentNullException.ThrowIfNull(run);
        TrainingRecord record = JsonFile.Read(run.TrainingJson, json
            => json.Deserialize<TrainingRecord>(Json) ?? throw new JsonException("it is null"));
        return record.Format == CurrentFormat
            ? record
            : throw UserException.Unusable(
                $"{run.TrainingJson} has format {record.Format}; this program reads format {CurrentFormat}: "
                + $"choose another --run, or remove it");
    }

    /// <summary>Writes it as a whole file.</summary>
    public void Write(RunDirectory run)
    {
        ArgumentNullException.ThrowIfNull(run);
        WholeFile.Write(run.TrainingJson, stream => JsonSerializer.Serialize(stream, this, Json));
    }
}
