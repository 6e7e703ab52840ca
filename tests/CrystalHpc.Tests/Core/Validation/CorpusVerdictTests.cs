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
        "accepted: 523",
        "only reject-atoms-too-close: 6",
        "only reject-disordered: 67",
        "only reject-duplicate: 2",
        "only reject-no-oxidation-states: 387",
        "only reject-no-oxygen-or-halogen: 118",
        "only reject-pressure: 10",
        "only reject-r-factor: 1",
        "only reject-suboptimal: 1",
        "only reject-temperature: 4",
        "only reject-theoretical: 1",
        "only reject-unreadable: 29",
        "reject-atoms-too-close: 434",
        "reject-disordered: 611",
        "reject-duplicate: 24",
        "reject-formula-differs: 65",
        "reject-no-oxidation-states: 1532",
        "reject-no-oxygen-or-halogen: 766",
        "reject-pressure: 12",
        "reject-r-factor: 14",
        "reject-suboptimal: 2",
        "reject-temperature: 66",
        "reject-theoretical: 1",
        "reject-unreadable: 29",
        "rejected: 1789",
        "states Assigned: 679",
        "states Label: 59",
        "states None: 1532",
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
