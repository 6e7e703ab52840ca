using System.CommandLine;
using System.Xml.Linq;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Stages;

namespace CrystalHpc.Engine.Report;

/// <summary>A system's part of the page about a run.</summary>
public interface IReportSource
{
    /// <summary>Gives the verb <c>report</c> the options of this part.</summary>
    void AddOptions(Command report);

    /// <summary>Reads the tables of a merged run. For rank 0.</summary>
    /// <param name="open">The run.</param>
    /// <param name="options">The options of the verb; null where the page is made with other work.</param>
    /// <exception cref="UserException">A table is damaged, or an option asks for what is not there.</exception>
    ReportPart Read(OpenRun open, ParseResult? options);
}

/// <summary>What a system shows on the page.</summary>
public sealed record ReportPart
{
    /// <summary>Figures for the head of the page, see <see cref="Layout.KeyFigure"/>.</summary>
    public IReadOnlyList<XElement> KeyFigures { get; init; } = [];

    /// <summary>Facts for the line about provenance, such as <c>loss: pseudo_huber</c>.</summary>
    public IReadOnlyList<string> Provenance { get; init; } = [];

    /// <summary>What became of the accepted structures; null: nothing to show.</summary>
    public XElement? Funnel { get; init; }

    /// <summary>Sections, in order.</summary>
    public IReadOnlyList<XElement> Sections { get; init; } = [];
}
