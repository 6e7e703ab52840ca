using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Stages;

/// <summary>How often each reason and each finding stands in the merged tables; on rank 0. Each rank counts a stretch of them.</summary>
internal sealed class MergeReasons
{
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _findings = new(StringComparer.Ordinal);

    /// <summary>Counts. A collective call.</summary>
    public MergeReasons(ShardMerge merge)
    {
        (Job job, long rejected) = (merge.Job, 0);
        job.World.Together(() =>
        {
            foreach (StructureRow row in Mine<StructureRow>(merge, StructureProduct.FileName)
                .Where(row => row.Verdict != StructureOutcome.Accepted))
            {
                rejected++;
                foreach (string code in row.ReasonCodes.Split(';'))
                    _reasons[code] = _reasons.GetValueOrDefault(code) + 1;
            }

            foreach (FindingRow row in Mine<FindingRow>(merge, FindingProduct.FileName))
                _findings[row.Code] = _findings.GetValueOrDefault(row.Code) + 1;
        });
        Rejected = job.World.Allreduce(rejected, ReduceOperation.Sum);
        Gather(job, _reasons);
        Gather(job, _findings);
    }

    /// <summary>Rejected structures.</summary>
    public long Rejected { get; }

    /// <summary>Rejections by reason.</summary>
    public IReadOnlyDictionary<string, long> Reasons => _reasons;

    /// <summary>Findings by code.</summary>
    public IReadOnlyDictionary<string, long> Findings => _findings;

    private static IEnumerable<TRow> Mine<TRow>(ShardMerge merge, string table) =>
        TableStretch.Read<TRow>(merge.PathOf(table), merge.Job.World.Rank, merge.Job.World.Size);

    private static void Gather(Job job, SortedDictionary<string, long> counts)
    {
        IReadOnlyList<CodeCount>? all = job.World.Gather(counts.Select(entry => new CodeCount(entry.Key, entry.Value)));
        counts.Clear();
        foreach ((string code, long count) in all ?? [])
            counts[code] = counts.GetValueOrDefault(code) + count;
    }

    private sealed record CodeCount(string Code, long Count);
}
