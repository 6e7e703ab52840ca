using System.CommandLine;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Stages;

namespace CrystalHpc.Engine.Report;

/// <summary>
/// For systems that have no part in the page about a run over a corpus: their trainings and evaluations have pages of their own.
/// </summary>
public sealed class NoReport : IReportSource
{
    /// <inheritdoc/>
    public void AddOptions(Command report)
    {
    }

    /// <inheritdoc/>
    public ReportPart Read(OpenRun open, ParseResult? options) => new();
}
