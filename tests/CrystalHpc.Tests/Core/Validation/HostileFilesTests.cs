using System.Diagnostics;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Validation;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.Validation;

/// <summary>No file makes the chain from block to verdict throw, hang, or stay silent.</summary>
[NonParallelizable]
public sealed class HostileFilesTests
{
    [Test]
    public void Every_block_of_the_dirty_files_ends_in_a_verdict()
    {
        foreach (string path in Directory.EnumerateFiles(TestPaths.SharedOrIgnore("corpus/dirty")).Order(StringComparer.Ordinal))
        {
            long start = Stopwatch.GetTimestamp();
            JudgeAllBlocks(File.ReadAllBytes(path), Path.GetFileName(path));
            Assert.That(Stopwatch.GetElapsedTime(start).TotalSeconds, Is.LessThan(20), path);
        }
    }

    [Test]
    public void Real_files_with_bytes_knocked_out_end_in_a_verdict()
    {
        var random = new Random(20260101);
        foreach ((string path, byte[] bytes) in RealCorpus.Files.Where(file => file.Bytes.Length < 20_000))
        {
            byte[] damaged = [.. bytes];
            for (int hit = 0; hit < 10; hit++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            JudgeAllBlocks(damaged, path);
        }
    }

    private static void JudgeAllBlocks(byte[] bytes, string path)
    {
        var syntax = new List<Finding>();
        foreach (CifBlock block in CifDocument.Parse(bytes, syntax).Blocks)
        {
            var findings = new List<Finding>();
            CrystalStructure? read = StructureReader.Read(block, StructureReaderOptions.Default, findings);
            if (read is null)
            {
                Assert.That(findings.Any(finding => finding.Code.Severity == FindingSeverity.Error), Is.True, path);
                continue;
            }

            OxidationResult result = OxidationResolver.Resolve(read, OxidationOptions.Default, findings);
            Verdict verdict = StructureValidator.Judge(result.Structure, result.Source, ValidationOptions.Default, findings);
            Assert.That(verdict.Accepted || verdict.Reasons.Count > 0, Is.True);
            Assert.That(result.Structure.Sites.Select(site => site.Charge is null).Distinct().Count(), Is.EqualTo(1), path);
        }
    }
}
