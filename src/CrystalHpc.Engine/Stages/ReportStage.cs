using System.CommandLine;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Stages;

/// <summary>The page about a run: what any run has, then what each system shows.</summary>
public static class ReportStage
{
    /// <summary>Rank 0 reads the tables of the run and writes the page.</summary>
    /// <param name="job">The job.</param>
    /// <param name="systems">The systems.</param>
    /// <param name="open">A run that is merged at least.</param>
    /// <param name="options">The options of the verb; null where the page is made with other work.</param>
    /// <exception cref="UserException">The run is not merged, or a table is damaged.</exception>
    public static void Run(Job job, SystemCatalog systems, OpenRun open, ParseResult? options)
    {
        MergedTables.Verify(job, open.Directory);
        job.World.OnRankZero(() => Write(job, systems, open, options));
    }

    private static void Write(Job job, SystemCatalog systems, OpenRun open, ParseResult? options)
    {
        Dictionary<string, FindingCode> codes = systems.Findings.SelectMany(part => part.Codes)
            .ToDictionary(code => code.Name, StringComparer.Ordinal);
        string[] stages = ["index", "extract", "merge", .. systems.Stages.SelectMany(stage => stage.Reports)];
        RunOverview run = RunOverview.Read(open.Directory, open.Record);
        ReportPart[] parts = [.. systems.Systems.Select(system => system.Report.Read(open, options))];
        WholeFile.Write(open.Directory.Report, stream => ReportPage.Write(stream, run, parts, codes, stages));
        job.Say($"report   {open.Directory.Report}");
    }
}
