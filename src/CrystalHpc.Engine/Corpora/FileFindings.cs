using CrystalHpc.Core.Findings;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// What can be wrong with a file before anyone looks inside. Those that <see cref="IsFailure"/> knows count as failures of the job; the
/// others are left out by a rule.
/// </summary>
public static class FileFindings
{
    /// <summary>The file cannot be read.</summary>
    public static readonly FindingCode Unreadable = new("file-unreadable", FindingSeverity.Error, "The file cannot be opened or read.");

    /// <summary>The file is not the one that was indexed.</summary>
    public static readonly FindingCode Changed = new(
        "file-changed", FindingSeverity.Error, "The bytes of the file are not those that were indexed.");

    /// <summary>The file is longer than the limit.</summary>
    public static readonly FindingCode TooLarge = new(
        "file-too-large", FindingSeverity.Error, "The file is longer than corpus.max_file_bytes and was not read.");

    /// <summary>The member's name is not acceptable.</summary>
    public static readonly FindingCode Refused = new(
        "file-refused", FindingSeverity.Error,
        "The name of the member leads out of the archive or stands in it twice; the member was not read.");

    /// <summary>The entry is no file of its own.</summary>
    public static readonly FindingCode Skipped = new(
        "file-skipped", FindingSeverity.Warning,
        "The entry is no CIF file of its own (a link, what macOS keeps beside a file, an archive within an archive) and was not read.");

    /// <summary>The program failed on the file.</summary>
    public static readonly FindingCode Fault = new(
        "file-fault", FindingSeverity.Error, "The program failed on the file; this is a fault of the program worth reporting.");

    /// <summary>All codes of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } = [Unreadable, Changed, TooLarge, Refused, Skipped, Fault];

    /// <summary>True for what counts against <c>corpus.failure_limit_percent</c>.</summary>
    public static bool IsFailure(FindingCode code) => code == Unreadable || code == Changed || code == Fault;
}
