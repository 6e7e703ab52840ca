using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.Engine.Commands;

/// <summary>
/// The option <c>--json</c> of a verb that works on a run: what was done, on standard output, for scripts; docs/formats.md lists the
/// fields.
/// </summary>
public sealed class JobSummary
{
    /// <summary>How results for scripts are written.</summary>
    public static JsonSerializerOptions Json { get; } = new(ConfigurationFile.IndentedJson) {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same where each result is a line of its own.</summary>
    public static JsonSerializerOptions OneLine { get; } = new(Json) { WriteIndented = false };

    private readonly Option<bool> _option = new("--json") {
        Description = "Print a summary for scripts (JSON) instead of the one for people." };
    private readonly string _verb;

    /// <summary>Gives the verb the option.</summary>
    public JobSummary(Command command)
    {
        _verb = command.Name;
        command.Add(_option);
    }

    /// <summary>True when scripts are to read the output.</summary>
    public bool IsWanted(ParseResult parsed) => parsed.GetValue(_option);

    /// <summary>Prints the summary, if it is wanted, on the rank that speaks.</summary>
    /// <returns>The exit code that was given.</returns>
    /// <exception cref="UserException">Standard output cannot be written.</exception>
    public ExitCode Print(Job job, ParseResult parsed, OpenRun open, ExitCode code)
    {
        if (!job.IsRoot || !IsWanted(parsed))
            return code;
        (_, RunDirectory run, RunRecord record) = open;
        var stages = new JsonObject();
        foreach ((string stage, JsonNode report) in record.Stages)
            stages[stage] = report.DeepClone();
        var summary = new JsonObject
        {
            ["verb"] = _verb,
            ["program_version"] = ProgramVersion.Full,
            ["exit_code"] = (int)code,
            ["run"] = run.Root,
            ["ranks"] = job.World.Size,
            ["corpus"] = new JsonObject
            {
                ["files"] = record.Corpus.Files,
                ["bytes"] = record.Corpus.Bytes,
                ["shards"] = record.Corpus.Shards,
                ["manifest_sha256"] = record.Corpus.ManifestSha256,
            },
            ["stages"] = stages,
        };
        Terminal.Out.WriteLine(summary.ToJsonString(Json));
        Terminal.RequireOutput();
        return code;
    }
}
