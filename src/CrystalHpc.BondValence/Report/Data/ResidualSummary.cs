using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>What the report says about <c>residuals.csv</c>, gathered in one pass and in bounded memory.</summary>
internal sealed class ResidualSummary
{
    /// <summary>Largest formal valence that has a place of its own.</summary>
    public const int LargestValence = 8;

    private readonly PriorityQueue<ResidualRow, (double Deviation, long Later)> _worst = new();
    private readonly int _mostWorst;
    private long _rows;

    private ResidualSummary(int mostWorst) => _mostWorst = mostWorst;

    /// <summary>All sites.</summary>
    public SiteTally All { get; } = new();

    /// <summary>Sites by cation element.</summary>
    public SortedDictionary<string, SiteTally> ByElement { get; } = new(StringComparer.Ordinal);

    /// <summary>Sites by cation element and oxidation state.</summary>
    public SortedDictionary<(string Element, int Charge), SiteTally> ByCation { get; } = [];

    /// <summary>Deviations of fitted sites, v.u.</summary>
    public CountedBins Fitted { get; } = Deviations();

    /// <summary>Deviations of sites that the gate left out, v.u.</summary>
    public CountedBins Gated { get; } = Deviations();

    /// <summary>Valence sums by formal valence, from 1; v.u.</summary>
    public CountedBins[] SumsByValence { get; } = [.. Enumerable.Range(0, LargestValence + 1).Select(_ => new CountedBins(0, 0.05, 220))];

    /// <summary>Sites by formal valence.</summary>
    public long[] SitesByValence { get; } = new long[LargestValence + 1];

    /// <summary>The sites that deviate most, the worst first; equal ones in the order of the table.</summary>
    public IReadOnlyList<ResidualRow> Worst { get; private set; } = [];

    /// <summary>Gathers a table.</summary>
    public static ResidualSummary Of(IEnumerable<ResidualRow> rows, int mostWorst)
    {
        var summary = new ResidualSummary(mostWorst);
        foreach (ResidualRow row in rows)
            summary.Add(row);
        ResidualRow[] worst = new ResidualRow[summary._worst.Count];
        for (int i = worst.Length - 1; i >= 0; i--)
            worst[i] = summary._worst.Dequeue();
        summary.Worst = worst;
        return summary;
    }

    private static CountedBins Deviations() => new(-1.5, 0.05, 60);

    // Sums at anions, where the fit used them, are no sites of cations.
    private void Add(ResidualRow row)
    {
        if (row.CationCharge <= 0)
            return;
        All.Add(row);
        TallyOf(ByElement, row.Cation).Add(row);
        TallyOf(ByCation, (row.Cation, row.CationCharge)).Add(row);
        (SiteTally.IsFitted(row) ? Fitted : Gated).Add(row.DeviationVu);
        if (row.CationCharge is >= 1 and <= LargestValence)
        {
            SumsByValence[row.CationCharge].Add(row.ValenceSumVu);
            SitesByValence[row.CationCharge]++;
        }

        double deviation = double.IsNaN(row.DeviationVu) ? double.PositiveInfinity : Math.Abs(row.DeviationVu);
        _worst.Enqueue(row, (deviation, -_rows++));
        if (_worst.Count > _mostWorst)
            _worst.Dequeue();
    }

    private static SiteTally TallyOf<TKey>(SortedDictionary<TKey, SiteTally> tallies, TKey key)
        where TKey : notnull
    {
        if (!tallies.TryGetValue(key, out SiteTally? tally))
            tallies.Add(key, tally = new SiteTally());
        return tally;
    }
}
