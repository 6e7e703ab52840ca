using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Tests.Engine.Structures;

/// <summary>Which outcomes count as failures of the job: the exit code depends on them.</summary>
public sealed class StructureOutcomeTests
{
    [TestCase("file-unreadable", true)]
    [TestCase("file-changed", true)]
    [TestCase("file-fault", true)]
    [TestCase("file-too-large", false)]
    [TestCase("file-refused", false)]
    [TestCase("file-skipped", false)]
    public void A_file_that_could_not_be_dealt_with_is_a_failure(string code, bool isFailure)
    {
        FindingCode found = FileFindings.All.Single(candidate => candidate.Name == code);
        StructureOutcome outcome = StructureOutcome.OfFailure("1000041", new Finding(found, "why"));
        Assert.That(outcome.IsAccepted, Is.False);
        Assert.That(outcome.IsFailure, Is.EqualTo(isFailure));
        Assert.That(outcome.Findings.Single().Message, Is.EqualTo("why"));
    }
}
