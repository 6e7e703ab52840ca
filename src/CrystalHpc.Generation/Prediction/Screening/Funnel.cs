using CrystalHpc.Generation.Prediction.Sampling;
using CsvHelper;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>How many draws came how far: the first line counts all, those below say why draws were dropped, the last counts what is
/// left.</summary>
public sealed class Funnel
{
    private readonly Dictionary<string, int> _dropped = [];
    private readonly List<string> _order = [];

    /// <summary>What became of draws before crystals were judged.</summary>
    public SamplingTally Draws { get; } = new();

    /// <summary>Candidates that are left.</summary>
    public int Kept { get; private set; }

    /// <summary>Counts a candidate that is dropped.</summary>
    public void Drop(string reason)
    {
        if (!_dropped.TryGetValue(reason, out int count))
            _order.Add(reason);
        _dropped[reason] = count + 1;
    }

    /// <summary>Counts a candidate that is kept.</summary>
    public void Keep() => Kept++;

    /// <summary>The lines; reasons that nothing was dropped for are left out.</summary>
    public IReadOnlyList<FunnelRow> Rows
    {
        get
        {
            var rows = new List<FunnelRow> { new("drawn", "draws", Draws.Attempts) };
            rows.AddRange(Enum.GetValues<DropReason>().Where(reason => reason != DropReason.Kept && Draws.CountOf(reason) > 0)
                .Select(reason => new FunnelRow("dropped", DropReasons.TextOf(reason), Draws.CountOf(reason))));
            rows.Add(new FunnelRow("left", DropReasons.TextOf(DropReason.Kept), Draws.CountOf(DropReason.Kept)));
            rows.AddRange(_order.Select(reason => new FunnelRow("dropped", reason, _dropped[reason])));
            rows.Add(new FunnelRow("left", "candidates", Kept));
            return rows;
        }
    }
}

/// <summary>A line of <c>funnel.csv</c>.</summary>
/// <param name="Step"><c>drawn</c>, <c>dropped</c> or <c>left</c>.</param>
/// <param name="Reason">What is counted.</param>
/// <param name="Draws">How many.</param>
[CsvRecord]
public sealed partial record FunnelRow(
    [property: CsvColumn("step")] string Step, [property: CsvColumn("reason")] string Reason, [property: CsvColumn("draws")] int Draws);
