using System.Xml.Linq;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Engine.Report;

/// <summary>The reasons for which structures were rejected, as a table.</summary>
public static class ReasonSection
{
    private static readonly Column[] Columns =
    [
        new("reason"), new("meaning"), new("structures", true, "rejected for this reason, perhaps among others"),
        new("of all", true, "share of all structures"), new("alone", true, "rejected for this reason alone"),
    ];

    /// <summary>The section.</summary>
    /// <param name="run">The run.</param>
    /// <param name="codes">Every finding code by name, for their meanings.</param>
    public static XElement Of(RunOverview run, IReadOnlyDictionary<string, FindingCode> codes) => Layout.Section(
        "rejections",
        "Reasons for rejection",
        Layout.Text($"{Numbers.Of(run.Merge.Rejected, "structure")} of {Numbers.Count(run.Merge.Counts.Structures)} were rejected. Every "
        + $"rule is applied to every structure, so the counts do not depend on an order."),
        DataTable.Of("table-reasons", "Rejected structures by reason", "reject-disordered", Columns, run.Structures.Reasons
            .OrderByDescending(reason => reason.Value.Any)
            .Select(reason => new Row([
                new(Layout.Code(reason.Key)),
                codes.TryGetValue(reason.Key, out FindingCode? code) ? code.Meaning : "",
                Numbers.Count(reason.Value.Any),
                new(Numbers.Percent((double)reason.Value.Any / Math.Max(1, run.Merge.Counts.Structures)), reason.Value.Any),
                Numbers.Count(reason.Value.Alone),
            ]))),
        Layout.Note("Structure by structure: ", Layout.Code("merged/structures.csv"), ", with places and messages ",
        Layout.Code("merged/findings.csv"), "."));
}
