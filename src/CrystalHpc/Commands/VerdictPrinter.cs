using CrystalHpc.Core.Findings;
using CrystalHpc.Pipeline;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Commands;

/// <summary>Prints the verdict on each structure of a file, with what was noticed.</summary>
internal static class VerdictPrinter
{
    public static void Print(ManifestRow file, IReadOnlyList<StructureOutcome> outcomes)
    {
        foreach (StructureOutcome outcome in outcomes)
        {
            string verdict = outcome.IsAccepted
                ? $"{StructureOutcome.Accepted}, {outcome.Equations.Count} equations"
                : $"{StructureOutcome.Rejected}: {string.Join(", ", outcome.Reasons)}";
            string findings = string.Concat(outcome.Findings.Select(finding => $"    {Describe(finding)}\n"));

            // One write, so that the lines of several ranks stay together.
            Console.Out.Write($"{outcome.StructureId}  {verdict}\n{findings}");
        }
    }

    /// <summary>A finding on one line: place, severity, code, message.</summary>
    public static string Describe(Finding finding)
    {
        string place = finding.Line > 0 ? $"line {finding.Line}{(finding.Column > 0 ? $":{finding.Column}" : "")}: " : "";
        return $"{place}{SnakeCase.Of(finding.Code.Severity)} {finding.Code}: {finding.Message}";
    }
}
