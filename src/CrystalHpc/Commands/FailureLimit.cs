using System.Globalization;
using CrystalHpc.Configuration;
using CrystalHpc.Jobs;
using CrystalHpc.Storage;

namespace CrystalHpc.Commands;

/// <summary>Whether more files failed than the configuration allows.</summary>
internal static class FailureLimit
{
    /// <summary>The exit code of a job that has dealt with all its files.</summary>
    public static ExitCode Check(Job job, RunConfiguration configuration, ShardCounts counts)
    {
        double percent = counts.Files == 0 ? 0 : 100.0 * counts.FailedFiles / counts.Files;
        if (percent <= configuration.Corpus.FailureLimitPercent)
            return ExitCode.Done;
        if (job.IsRoot)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"crystalhpc: {counts.FailedFiles} of {counts.Files} files failed ({percent:0.##} %), the limit is {configuration.Corpus.FailureLimitPercent} %; findings.csv names them (file-unreadable, file-changed, file-fault)"));
        }

        return ExitCode.TooManyFailures;
    }
}
