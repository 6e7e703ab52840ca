using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Report;

/// <summary>What the report says about <c>structures.csv</c>, gathered in one pass.</summary>
public sealed class StructureSummary
{
    /// <summary>Rejected structures by reason: for this reason among others, and for this reason alone.</summary>
    public SortedDictionary<string, (long Any, long Alone)> Reasons { get; } = new(StringComparer.Ordinal);

    /// <summary>Accepted structures by where their oxidation states come from.</summary>
    public SortedDictionary<string, long> AcceptedBySource { get; } = new(StringComparer.Ordinal);

    /// <summary>Gathers a table.</summary>
    public static StructureSummary Of(IEnumerable<StructureRow> rows)
    {
        var summary = new StructureSummary();
        foreach (StructureRow row in rows)
            summary.Add(row);
        return summary;
    }

    private void Add(StructureRow row)
    {
        if (row.Verdict == StructureOutcome.Accepted)
        {
            AcceptedBySource[row.OxidationSource] = AcceptedBySource.GetValueOrDefault(row.OxidationSource) + 1;
            return;
        }

        string[] reasons = row.ReasonCodes.Split(';');
        foreach (string reason in reasons)
        {
            (long any, long alone) = Reasons.GetValueOrDefault(reason);
            Reasons[reason] = (any + 1, alone + (reasons.Length == 1 ? 1 : 0));
        }
    }
}
