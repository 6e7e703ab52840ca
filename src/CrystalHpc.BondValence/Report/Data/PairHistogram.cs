using CrystalHpc.BondValence.Equations;

namespace CrystalHpc.BondValence.Report;

/// <summary>Bond lengths of one pair, from <c>pair_bins.csv</c>. Charges are 0 in runs without equations.</summary>
/// <param name="First">Element of the cation, or the lighter element.</param>
/// <param name="FirstCharge">Its charge.</param>
/// <param name="Second">Element of the anion, or the heavier element.</param>
/// <param name="SecondCharge">Its charge.</param>
/// <param name="Bins">Occupied bins in ascending order: number of the bin, bonds.</param>
internal sealed record PairHistogram(
    string First, int FirstCharge, string Second, int SecondCharge, IReadOnlyList<(int Bin, long Count)> Bins)
{
    /// <summary>All bonds.</summary>
    public long Bonds { get; } = Bins.Sum(bin => bin.Count);

    /// <summary>Name for people.</summary>
    public string Name => SpeciesText.PrettyPair(First, FirstCharge, Second, SecondCharge);

    /// <summary>The pairs of a table with at least so many bonds, those with most first; rows of one pair stand together.</summary>
    public static (IReadOnlyList<PairHistogram> Shown, int Pairs, int Enough) Read(IEnumerable<PairBinRow> rows, int fewestBonds, int most)
    {
        var shown = new List<PairHistogram>();
        int pairs = 0;
        PairBinRow? first = null;
        var bins = new List<(int, long)>();
        foreach (PairBinRow row in rows)
        {
            if (first is not null && !IsSamePair(first, row))
                Finish();
            first ??= row;
            bins.Add((row.Bin, row.Count));
        }

        if (first is not null)
            Finish();
        return ([.. shown.OrderByDescending(pair => pair.Bonds).Take(most)], pairs, shown.Count);

        void Finish()
        {
            var pair = new PairHistogram(first.First, first.FirstCharge, first.Second, first.SecondCharge, bins);
            pairs++;
            if (pair.Bonds >= fewestBonds)
                shown.Add(pair);
            (first, bins) = (null, []);
        }
    }

    /// <summary>The bin below which a share of the bonds lies.</summary>
    public int Quantile(double share)
    {
        double target = share * Bonds, seen = 0;
        foreach ((int bin, long count) in Bins)
        {
            seen += count;
            if (seen >= target)
                return bin;
        }

        return Bins[^1].Bin;
    }

    private static bool IsSamePair(PairBinRow a, PairBinRow b) =>
        a.First == b.First && a.FirstCharge == b.FirstCharge && a.Second == b.Second && a.SecondCharge == b.SecondCharge;
}
