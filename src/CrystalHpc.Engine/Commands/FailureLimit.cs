using System.Globalization;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.Engine.Commands;

/// <summary>Whether more files failed than the configuration allows.</summary>
public static class FailureLimit
{
    /// <summary>The exit code of a job that has dealt with all its files.</summary>
    public static ExitCode Check(Job job, OpenRun open, ShardCounts counts)
    {
        // Nobody knows how many files the rest of a damaged archive held.
        if (open.Record.Stage<IndexReport>("index")?.DamagedArchives is > 0 and int damaged)
        {
            if (job.IsRoot)
            {
                Terminal.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"crystalhpc: {damaged} archives could not be read to their ends; findings.csv names them (file-unreadable)"));
            }

            return ExitCode.TooManyFailures;
        }

        double limit = open.Configuration.Get(EngineSections.Corpus).FailureLimitPercent;
        double percent = counts.Files == 0 ? 0 : 100.0 * counts.FailedFiles / counts.Files;
        if (percent <= limit)
            return ExitCode.Done;
        if (job.IsRoot)
        {
            Terminal.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"crystalhpc: {counts.FailedFiles} of {counts.Files} files failed ({percent:0.##} %), the limit is {limit} %; findings.csv "
                + $"names them (file-unreadable, file-changed, file-fault)"));
        }

        return ExitCode.TooManyFailures;
    }
}
