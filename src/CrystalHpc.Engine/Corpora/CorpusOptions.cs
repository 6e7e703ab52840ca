using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Engine.Corpora;

/// <summary>Where the CIF files are and how they are dealt into shards.</summary>
/// <param name="Paths">
/// Folders, archives (.zip, .tar), single files (.cif) and list files (.list: one path a line, relative to the list); tar archives and
/// files may be packed (.gz, .bz2, .xz, .zst). Relative to the configuration file. Archives inside archives are not opened.
/// </param>
/// <param name="Shards">Number of shards, the unit of work and of resuming; fewer are made of a corpus that has too few files for
/// them.</param>
/// <param name="MinFilesPerShard">Files that a shard should have on the average: every shard costs a folder and its tables on the file
/// system.</param>
/// <param name="MaxFileBytes">Files longer than this (unpacked) are rejected unread.</param>
/// <param name="MaxExpansionRatio">Archives that unpack to more than this times their size are refused.</param>
/// <param name="FailureLimitPercent">More failed files (unreadable, changed, faulty) than this share end the job with exit code 3.</param>
public sealed record CorpusOptions(
    IReadOnlyList<string> Paths,
    [property: Range(1, 100_000)] int Shards,
    [property: Range(1, 10_000)] int MinFilesPerShard,
    [property: Range(1, 2_000_000_000)] long MaxFileBytes,
    [property: Range(10.0, 100_000.0)] double MaxExpansionRatio,
    [property: Range(0.0, 100.0)] double FailureLimitPercent)
{
    /// <summary>No path; shards and limits that suit a folder of a few files as well as all of COD.</summary>
    public static CorpusOptions Default { get; } = new(
        Paths: [], Shards: 4096, MinFilesPerShard: 32, MaxFileBytes: 256 << 20, MaxExpansionRatio: 200, FailureLimitPercent: 1);
}
