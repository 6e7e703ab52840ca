using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Validation;
using CrystalHpc.Tests.Crystals;

namespace CrystalHpc.Tests.Validation;

/// <summary>What becomes of the real files under the default rules: a change of any rule shows here.</summary>
public sealed class CorpusVerdictTests
{
    [Test]
    public void The_verdicts_on_the_real_files_are_known()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        void Count(string what) => counts[what] = counts.GetValueOrDefault(what) + 1;
        foreach ((string path, byte[] bytes) in RealCorpus.Files)
        {
            Count("files");
            var findings = new List<Finding>();
            CrystalStructure? read = RealCorpus.FirstStructure(bytes, findings);
            OxidationResult? resolved = read is null ? null : OxidationResolver.Resolve(read, OxidationOptions.Default, findings);
            Count("source " + (resolved?.Source.ToString() ?? "-"));
            Verdict verdict = StructureValidator.Judge(
                resolved?.Structure, resolved?.Source ?? OxidationSource.None, ValidationOptions.Default, findings);
            Count(verdict.Accepted ? "accepted" : "rejected");
            foreach (FindingCode reason in verdict.Reasons)
                Count(reason.Name);
            if (verdict.Reasons.Count == 1)
                Count("only " + verdict.Reasons[0].Name);
            foreach (string code in findings.Select(finding => finding.Code.Name).Distinct())
                Count("file with " + code);
            TestContext.Out.WriteLine($"@{path}\t{resolved?.Source}\t{verdict}\t{(read is null ? "" : ChemicalFormula.OfCell(read).Reduced())}\t{string.Join(" | ", findings.Where(f => f.Code.Name.StartsWith("oxidation", StringComparison.Ordinal) || f.Code.Name.StartsWith("reject", StringComparison.Ordinal)).Select(f => f.Code.Name + ": " + f.Message))}");
        }

        foreach ((string what, int count) in counts)
            TestContext.Out.WriteLine($"{count,5} {what}");
    }
}
