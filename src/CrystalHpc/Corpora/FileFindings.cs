using CrystalHpc.Core.Findings;

namespace CrystalHpc.Corpora;

/// <summary>What can be wrong with a file before anyone looks inside. All but <see cref="TooLarge"/> count as failures of the job.</summary>
internal static class FileFindings
{
    public static readonly FindingCode Unreadable = new("file-unreadable", FindingSeverity.Error, "The file cannot be opened or read.");

    public static readonly FindingCode Changed = new(
        "file-changed", FindingSeverity.Error, "The bytes of the file are not those that were indexed.");

    public static readonly FindingCode TooLarge = new(
        "file-too-large", FindingSeverity.Error, "The file is longer than corpus.max_file_bytes and was not read.");

    public static readonly FindingCode Fault = new(
        "file-fault", FindingSeverity.Error, "The program failed on the file; this is a fault of the program worth reporting.");

    public static IReadOnlyList<FindingCode> All { get; } = [Unreadable, Changed, TooLarge, Fault];
}
