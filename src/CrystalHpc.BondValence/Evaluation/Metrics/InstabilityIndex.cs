using CrystalHpc.Core.Statistics;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// The global instability index of a structure: the root mean square of valence sum minus oxidation state over the atoms of its cell
/// (Salinas-Sanchez et al. 1992, J. Solid State Chem. 100, 201). Below 0.1 v.u. a structure is called unstrained, beyond 0.2 doubtful. A
/// structure counts in a subset when all its sites, cations and anions, are in it and covered; one with an anion whose sum may lack bonds
/// has no index.
/// </summary>
internal sealed class InstabilityIndex
{
    private const double Doubtful = 0.2;

    private readonly ICommunicator _world;
    private readonly int _tables;
    private readonly List<Structure> _structures = [];
    private readonly List<double> _indices = [];

    /// <summary>Computes the indices of the structures of a rank by every table.</summary>
    public InstabilityIndex(ICommunicator world, EvaluatedSites sites)
    {
        (_world, _tables) = (world, sites.Tables.Count);
        for (int start = 0, end; start < sites.Count; start = end)
        {
            EvaluatedSite first = sites[start];
            for (end = start + 1; end < sites.Count && IsSame(sites[end], first); end++)
            {
            }

            Add(sites, start, end);
        }
    }

    /// <summary>Structures of a subset and their indices over all ranks. A collective call.</summary>
    /// <param name="subset">A subset that divides no structure.</param>
    /// <param name="table">Index of the table.</param>
    /// <param name="needsAll">Only structures that every table covers.</param>
    public InstabilityFigures Of(SubsetKey subset, int table, bool needsAll)
    {
        var bits = new List<long>();
        for (int i = 0; i < _structures.Count; i++)
        {
            Structure structure = _structures[i];
            bool isIn = (subset.Kind == SubsetKind.Whole || structure.Source == subset.Source)
                && !(subset.IsFiltered && structure.IsExcluded);
            if (isIn && (needsAll ? structure.IsCommon : !double.IsNaN(_indices[i * _tables + table])))
                bits.Add(BitConverter.DoubleToInt64Bits(_indices[i * _tables + table]));
        }

        long[] sorted = [.. bits.Order()];
        long doubtful = BitConverter.DoubleToInt64Bits(Doubtful);
        Span<long> counts = [sorted.Length, CountUpTo(sorted, doubtful - 1)];
        _world.AllreduceInPlace(counts, ReduceOperation.Sum);
        return counts[0] == 0
            ? default
            : new InstabilityFigures((int)counts[0], QuantileOf(sorted, counts[0], 0.5), QuantileOf(sorted, counts[0], 0.9),
                100.0 * counts[1] / counts[0]);
    }

    private static bool IsSame(EvaluatedSite x, EvaluatedSite y) => (x.Block, x.Structure) == (y.Block, y.Structure);

    private void Add(EvaluatedSites sites, int start, int end)
    {
        (bool isExcluded, bool isCommon) = (false, true);
        double[] squares = new double[_tables];
        int atoms = 0;
        for (int site = start; site < end; site++)
        {
            SiteClass kind = sites.Classes[sites[site].Class];
            if (!kind.IsComplete)
                return;
            isExcluded |= kind.IsExcluded;
            atoms += sites[site].Multiplicity;
            ReadOnlySpan<double> sums = sites.Sums(site);
            for (int table = 0; table < _tables; table++)
            {
                double deviation = sums[table] - Math.Abs(kind.Center.Charge);
                squares[table] += sites[site].Multiplicity * deviation * deviation;
                isCommon &= !double.IsNaN(deviation);
            }
        }

        _structures.Add(new Structure(sites.Classes[sites[start].Class].Source, isExcluded, isCommon));
        _indices.AddRange(squares.Select(sum => Math.Sqrt(sum / atoms)));
    }

    // Magnitudes have the order of their bits: the k-th smallest over all ranks is found bit by bit.
    private double QuantileOf(long[] sorted, long count, double fraction)
    {
        double place = fraction * (count - 1);
        long below = (long)place, above = Math.Min(below + 1, count - 1);
        (long Low, long High) first = (0, long.MaxValue), second = (0, long.MaxValue);
        Span<long> counts = stackalloc long[2];
        while (first.Low < first.High || second.Low < second.High)
        {
            long x = first.Low + (first.High - first.Low) / 2, y = second.Low + (second.High - second.Low) / 2;
            (counts[0], counts[1]) = (CountUpTo(sorted, x), CountUpTo(sorted, y));
            _world.AllreduceInPlace(counts, ReduceOperation.Sum);
            first = counts[0] > below ? (first.Low, x) : (x + 1, first.High);
            second = counts[1] > above ? (second.Low, y) : (y + 1, second.High);
        }

        double[] two = [BitConverter.Int64BitsToDouble(first.Low), BitConverter.Int64BitsToDouble(second.Low)];
        return Quantile.OfSorted(two, place - below);
    }

    private static long CountUpTo(long[] sorted, long bits)
    {
        (int low, int high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] <= bits ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly record struct Structure(string Source, bool IsExcluded, bool IsCommon);
}

/// <summary>Instability indices of the structures of a subset.</summary>
/// <param name="Structures">How many there are; the rest is 0 when there are none.</param>
/// <param name="Median">Median, v.u.</param>
/// <param name="P90">90th percentile, v.u.</param>
/// <param name="BelowFifthPercent">Below 0.2 v.u., percent.</param>
internal readonly record struct InstabilityFigures(int Structures, double Median, double P90, double BelowFifthPercent);
