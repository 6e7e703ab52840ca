using System.Xml.Linq;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Report;

/// <summary>Tables of what went wrong: the worst sites, and the reasons for rejection.</summary>
internal static class SiteSection
{
    private static readonly Column[] SiteColumns =
    [
        new("structure"), new("formula"), new("site"), new("cation"), new("bonds", true),
        new("valence sum (v.u.)", true), new("deviation (v.u.)", true), new("weight", true, "1 / number of redeterminations"),
        new("use", false, "gated: left out of the fit as grossly wrong"),
    ];

    public static XElement? Worst(ReportData data)
    {
        if (data.Fit is null)
            return null;
        IReadOnlyList<ResidualRow> worst = data.Fit.Residuals.Worst;
        return Layout.Section(
            "sites",
            "Worst sites",
            Layout.Text("The cation sites whose valence sum is farthest from the oxidation state: wrong oxidation states, missing "
            + "hydrogen, disorder, or unusual chemistry."),
            DataTable.Of("table-sites", "Sites with the largest deviations", "Pb2+ gated  or  cation=Pb", SiteColumns,
            worst.Select(row => TableRow(data, row))),
            Layout.Note($"The {Numbers.Count(worst.Count)} worst of {Numbers.Of(data.Fit.Residuals.All.Sites, "site")}; all are in ",
            Layout.Code("fit/residuals.csv"), "."));
    }

    /// <summary>Seven digits: a number of the Crystallography Open Database; null for anything else.</summary>
    public static string? CodNumber(string text) => text.Length == 7 && text.All(char.IsAsciiDigit) ? text : null;

    private static Row TableRow(ReportData data, ResidualRow row)
    {
        StructureRow? structure = data.Structures.GetValueOrDefault(row.StructureId);
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
            ParameterSection.TagOf(row.Cation));
    }

    // A link where the entry is known; of ids that are paths, the end.
    private static XElement Structure(string id, string? codId)
    {
        string name = id[(id.LastIndexOf('/') + 1)..];
        return CodNumber(codId ?? "") is { } number
            ? Markup.Element("a", Markup.Attribute("href", $"https://www.crystallography.net/cod/{number}.html"),
                Markup.Attribute("title", id), name)
            : Markup.Element("span", Markup.Attribute("title", id), name);
    }
}
