using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Validation;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.Validation;

/// <summary>What becomes of the 2,312 real files under the default rules: a change of any rule shows here.</summary>
public sealed class CorpusVerdictTests
{
    // 'only': files that this rule alone rejects.
    private static readonly string[] Expected =
    [
        "accepted: 514",
        "only reject-atoms-too-close: 5",
        "only reject-bonds-too-short: 2",
        "only reject-disordered: 59",
        "only reject-duplicate: 2",
        "only reject-no-oxidation-states: 341",
        "only reject-no-oxygen-or-halogen: 106",
        "only reject-pressure: 13",
        "only reject-r-factor: 1",
        "only reject-suboptimal: 1",
        "only reject-temperature: 5",
        "only reject-theoretical: 11",
        "only reject-unreadable: 25",
        "only reject-year: 25",
        "reject-atoms-too-close: 432",
        "reject-bonds-too-short: 5",
        "reject-disordered: 617",
        "reject-duplicate: 24",
        "reject-formula-differs: 63",
        "reject-no-oxidation-states: 1497",
        "reject-no-oxygen-or-halogen: 767",
        "reject-pressure: 17",
        "reject-r-factor: 14",
        "reject-suboptimal: 2",
        "reject-temperature: 76",
        "reject-theoretical: 68",
        "reject-unreadable: 25",
        "reject-unreadable-value: 7",
        "reject-vacuum: 18",
        "reject-year: 63",
        "rejected: 1798",
        "states Assigned: 719",
        "states Label: 58",
        "states None: 1497",
        "states Type: 13",
    ];

    [Test]
    public void The_verdicts_on_the_real_files_are_known()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        void Count(string what) => counts[what] = counts.GetValueOrDefault(what) + 1;
        foreach ((string _, byte[] bytes) in RealCorpus.Files)
        {
            var findings = new List<Finding>();
            CrystalStructure? read = RealCorpus.FirstStructure(bytes, findings);
            OxidationResult? resolved = read is null ? null : OxidationResolver.Resolve(read, OxidationOptions.Default, findings);
            if (resolved is { } result)
                Count($"states {result.Source}");
            Verdict verdict = StructureValidator.Judge(
                resolved?.Structure, resolved?.Source ?? OxidationSource.None, ValidationOptions.Default, findings);
            Count(verdict.Accepted ? "accepted" : "rejected");
            foreach (FindingCode reason in verdict.Reasons)
                Count(reason.Name);
            if (verdict.Reasons.Count == 1)
                Count("only " + verdict.Reasons[0].Name);
        }

        string[] found = [.. counts.Select(entry => $"{entry.Key}: {entry.Value}")];
        Assert.That(found, Is.EqualTo(Expected), string.Join('\n', found));
    }
}
