using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.Engine.Commands;

/// <summary>Prints the verdict on each structure of a file, with what was noticed.</summary>
public static class VerdictPrinter
{
    /// <summary>Prints the verdicts on one file.</summary>
    public static void Print(ManifestRow file, IReadOnlyList<StructureOutcome> outcomes)
    {
        foreach (StructureOutcome outcome in outcomes)
        {
            string verdict = outcome.IsAccepted
                ? string.Join(", ", [StructureOutcome.Accepted, .. outcome.Parts])
                : $"{StructureOutcome.Rejected}: {string.Join(", ", outcome.Reasons)}";
            string findings = string.Concat(outcome.Findings.Select(finding => $"    {Describe(finding)}\n"));

            // One write, so that the lines of several ranks stay together.
            Terminal.Out.Write($"{PlainText.Of(outcome.StructureId)}  {verdict}\n{findings}");
        }
    }

    /// <summary>A finding on one line: place, severity, code, message.</summary>
    public static string Describe(Finding finding)
    {
        string place = finding.Line > 0 ? $"line {finding.Line}{(finding.Column > 0 ? $":{finding.Column}" : "")}: " : "";
        return $"{place}{SnakeCase.Of(finding.Code.Severity)} {finding.Code}: {finding.Message}";
    }
}
