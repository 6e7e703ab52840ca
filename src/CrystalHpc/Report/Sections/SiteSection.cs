using System.Xml.Linq;
using CrystalHpc.Core.Findings;
using CrystalHpc.Report.Charts;
using CrystalHpc.Report.Data;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Report.Sections;

/// <summary>Tables of what went wrong: the worst sites, and the reasons for rejection.</summary>
internal static class SiteSection
{
    private static readonly Column[] SiteColumns =
    [
        new("structure"), new("formula"), new("site"), new("cation"), new("bonds", true),
        new("valence sum (v.u.)", true), new("deviation (v.u.)", true), new("weight", true, "1 / number of redeterminations"), new("use", false, "gated: left out of the fit as grossly wrong"),
    ];

    private static readonly Column[] ReasonColumns =
    [
        new("reason"), new("meaning"), new("structures", true, "rejected for this reason, perhaps among others"),
        new("of all", true, "share of all structures"), new("alone", true, "rejected for this reason alone"),
    ];

    public static XElement? Worst(ReportData data)
    {
        if (data.Fit is null)
            return null;
        IReadOnlyList<ResidualRow> worst = data.Fit.Residuals.Worst;
        return Layout.Section(
            "sites",
            "Worst sites",
            Layout.Text("The cation sites whose valence sum is farthest from the oxidation state: wrong oxidation states, missing hydrogen, disorder, or unusual chemistry."),
            DataTable.Of("table-sites", "Sites with the largest deviations", "Pb2+ gated  or  cation=Pb", SiteColumns, worst.Select(row => TableRow(data, row))),
            Layout.Note($"The {Numbers.Count(worst.Count)} worst of {Numbers.Of(data.Fit.Residuals.All.Sites, "site")}; all are in ", Layout.Code("fit/residuals.csv"), "."));
    }

    public static XElement Reasons(ReportData data, IReadOnlyDictionary<string, FindingCode> codes) => Layout.Section(
        "rejections",
        "Reasons for rejection",
        Layout.Text($"{Numbers.Of(data.Merge.Rejected, "structure")} of {Numbers.Count(data.Merge.Counts.Structures)} were rejected. Every rule is applied to every structure, so the counts do not depend on an order."),
        DataTable.Of("table-reasons", "Rejected structures by reason", "reject-disordered", ReasonColumns, data.Structures.Reasons
            .OrderByDescending(reason => reason.Value.Any)
            .Select(reason => new Row([
                new(Layout.Code(reason.Key)),
                codes.TryGetValue(reason.Key, out FindingCode? code) ? code.Meaning : "",
                Numbers.Count(reason.Value.Any),
                new(Numbers.Percent((double)reason.Value.Any / Math.Max(1, data.Merge.Counts.Structures)), reason.Value.Any),
                Numbers.Count(reason.Value.Alone),
            ]))),
        Layout.Note("Structure by structure: ", Layout.Code("merged/structures.csv"), ", with places and messages ", Layout.Code("merged/findings.csv"), "."));

    /// <summary>Seven digits: a number of the Crystallography Open Database; null for anything else.</summary>
    public static string? CodNumber(string text) => text.Length == 7 && text.All(char.IsAsciiDigit) ? text : null;

    private static Row TableRow(ReportData data, ResidualRow row)
    {
        StructureRow? structure = data.Structures.Found.GetValueOrDefault(row.StructureId);
        return new Row(
            [
                new(Structure(row.StructureId, structure?.CodId)),
                structure?.Formula ?? "",
                row.SiteLabel,
                SpeciesText.Pretty(row.Cation, row.CationCharge),
                Numbers.Count(row.Bonds),
                Numbers.Fixed(row.ValenceSumVu, 3),
                Numbers.Fixed(row.DeviationVu, 3),
                Numbers.Fixed(row.Weight, 2),
                row.Use,
            ],
            SpeciesText.Plain(row.Cation, row.CationCharge),
            row.Cation);
    }

    // A link where the entry is known; of ids that are paths, the end.
    private static XElement Structure(string id, string? codId)
    {
        string name = id[(id.LastIndexOf('/') + 1)..];
        return CodNumber(codId ?? "") is { } number
            ? Markup.Element("a", Markup.Attribute("href", $"https://www.crystallography.net/cod/{number}.html"), Markup.Attribute("title", id), name)
            : Markup.Element("span", Markup.Attribute("title", id), name);
    }
}
