using System.CommandLine;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Stages;

namespace CrystalHpc.Generation;

/// <summary>The page about a run over a corpus has no part about properties: trainings and evaluations have pages of their own.</summary>
internal sealed class NoReport : IReportSource
{
    public void AddOptions(Command report)
    {
    }

    public ReportPart Read(OpenRun open, ParseResult? options) => new();
}
