using System.Globalization;
using System.Text.Json.Nodes;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Commands;

namespace CrystalHpc.Commands;

/// <summary>Findings of many frames: equal ones are told once, with the first line and how often.</summary>
internal sealed class FindingSummary
{
    // Beyond this many different findings only their number is told: a file may hold a million bad frames.
    private const int MostKinds = 200;

    private readonly Dictionary<(FindingCode Code, string Message), (int Line, int Count)> _findings = [];
    private int _untold;

    /// <summary>Adds findings that are more than notes.</summary>
    public void Add(IEnumerable<Finding> findings)
    {
        foreach (Finding finding in findings)
        {
            if (finding.Code.Severity == FindingSeverity.Note)
                continue;
            var key = (finding.Code, finding.Message);
            if (_findings.TryGetValue(key, out (int Line, int Count) seen))
                _findings[key] = (seen.Line, seen.Count + 1);
            else if (_findings.Count < MostKinds)
                _findings.Add(key, (finding.Line, 1));
            else
                _untold++;
        }
    }

    /// <summary>Prints a line for each: file, line, severity, message, code.</summary>
    public void Print(string file, TextWriter output)
    {
        foreach (((FindingCode code, string message), (int line, int count)) in _findings)
        {
            string place = line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{file}:{line}") : file;
            string severity = code.Severity == FindingSeverity.Error ? "error" : "warning";
            string times = count > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({count} times)") : "";
            output.WriteLine($"{place}: {severity}: {message}{times} [{code.Name}]");
        }

        if (_untold > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {_untold} more findings"));
    }

    /// <summary>The same for scripts, one line.</summary>
    public string ToJson(string input, string output, int frames, int written)
    {
        var findings = new JsonArray();
        foreach (((FindingCode code, string message), (int line, int count)) in _findings)
        {
            findings.Add((JsonNode)new JsonObject
            {
                ["code"] = code.Name, ["severity"] = code.Severity.ToString().ToLowerInvariant(), ["line"] = line, ["message"] = message,
                    ["count"] = count,
            });
        }

        var summary = new JsonObject
        {
            ["input"] = input, ["output"] = written > 0 ? output : null, ["frames"] = frames, ["written"] = written,
                ["findings"] = findings,
            ["findings_untold"] = _untold,
        };
        return summary.ToJsonString(JobSummary.OneLine);
    }
}
