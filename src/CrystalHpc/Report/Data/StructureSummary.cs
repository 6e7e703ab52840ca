using CrystalHpc.Pipeline;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Report.Data;

/// <summary>What the report says about <c>structures.csv</c>, gathered in one pass.</summary>
internal sealed class StructureSummary
{
    /// <summary>Rejected structures by reason: for this reason among others, and for this reason alone.</summary>
    public SortedDictionary<string, (long Any, long Alone)> Reasons { get; } = new(StringComparer.Ordinal);

    /// <summary>Accepted structures by where their oxidation states come from.</summary>
    public SortedDictionary<string, long> AcceptedBySource { get; } = new(StringComparer.Ordinal);

    /// <summary>The structures asked for, by id.</summary>
    public Dictionary<string, StructureRow> Found { get; } = new(StringComparer.Ordinal);

    /// <summary>Gathers a table, and keeps the rows of a few structures.</summary>
    public static StructureSummary Of(IEnumerable<StructureRow> rows, IReadOnlySet<string> wanted)
    {
        var summary = new StructureSummary();
        foreach (StructureRow row in rows)
            summary.Add(row, wanted);
        return summary;
    }

    private void Add(StructureRow row, IReadOnlySet<string> wanted)
    {
        if (wanted.Contains(row.StructureId))
            Found[row.StructureId] = row;
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
