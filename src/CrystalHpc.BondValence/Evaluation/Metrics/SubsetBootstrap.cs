using System.Numerics;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// The bootstrap over groups of structures (<see cref="GroupBootstrap"/>) for all selections at once. A sample is a sum over groups, so
/// ranks add up their own groups and then one another's sums. What a group adds is rounded to whole units, 2^-47 of the total or finer:
/// sums of whole numbers below 2^53 are exact in any order.
/// </summary>
internal sealed class SubsetBootstrap
{
    // No group enters a sample more often (HashedBits), so that no sum of a sample exceeds this many totals.
    private const int MostTimes = 32;

    // Sums of a stretch of replicates, all selections: what the second cache of a core holds, more or less.
    private const int MostSums = 1 << 20;
    private const int LongestStretch = 256;

    private readonly ICommunicator _world;
    private readonly List<Column> _columns = [];
    private readonly Dictionary<Selection, int> _firstOf = new(ReferenceEqualityComparer.Instance);
    private readonly List<Selection> _mine = [];
    private readonly Dictionary<Selection, double[][]> _samples = new(ReferenceEqualityComparer.Instance);
    private int _chosen;

    /// <summary>Draws all samples. A collective call.</summary>
    public SubsetBootstrap(ICommunicator world, SubsetPlan plan, SubsetTotals totals, EvaluatedSites sites, int replicates, int seed)
    {
        _world = world;
        if (replicates == 0)
            return;
        foreach (Selection selection in plan.SelectionsOf.SelectMany(own => own)
            .Where(own => totals.Groups(own) >= GroupBootstrap.MinimumGroups))
            Add(selection, totals, replicates);
        int stretch = Math.Clamp(MostSums / Math.Max(1, _columns.Count), 8, LongestStretch);
        double[] sums = new double[_columns.Count * stretch], times = new double[stretch];
        var groups = new GroupSums(plan, sites);
        for (int first = 0; first < replicates; first += stretch)
        {
            int count = Math.Min(stretch, replicates - first);
            Array.Clear(sums);
            groups.ForEach(name =>
            {
                ulong stream = HashedBits.Of(name, (ulong)(uint)seed);
                for (int i = 0; i < count; i++)
                    times[i] = HashedBits.PoissonOfMeanOne(HashedBits.Of(stream, (ulong)(first + i)));
                foreach (Selection selection in groups.Touched)
                    AddGroup(selection, groups.Columns, times.AsSpan(0, count), sums, stretch);
            });
            world.AllreduceInPlace(sums.AsSpan(), ReduceOperation.Sum);
            foreach (Selection selection in _mine)
                Take(selection, sums, stretch, first, count);
        }
    }

    /// <summary>Intervals of the statistics of a selection, on rank 0; empty elsewhere. A collective call.</summary>
    public IReadOnlyDictionary<(int Column, int Statistic), ConfidenceInterval> Intervals()
    {
        IEnumerable<IntervalRow> rows = _mine.SelectMany(selection =>
            _samples[selection].Select((samples, statistic) => RowOf(selection, statistic, samples)));
        return (_world.Gather(rows) ?? []).ToDictionary(
            row => (row.Column, row.Statistic), row => new ConfidenceInterval(row.Low, row.High));
    }

    // Of tables: the root mean square of each. Of a difference: that of the root mean squares, that of the percentages of wrong sites.
    private void Add(Selection selection, SubsetTotals totals, int replicates)
    {
        _firstOf.Add(selection, _columns.Count);
        _columns.Add(new Column(selection.Sites, 1));
        for (int table = 0; table < selection.Tables.Length; table++)
        {
            _columns.Add(new Column(selection.Squares(table), ScaleOf(totals.Total(selection.Squares(table)))));
            if (selection.IsDifference)
                _columns.Add(new Column(selection.Wrong(table), 1));
        }

        if (_chosen++ % _world.Size != _world.Rank)
            return;
        _mine.Add(selection);
        _samples.Add(selection, [.. Enumerable.Range(0, selection.Tables.Length).Select(_ => new double[replicates])]);
    }

    private void AddGroup(Selection selection, ReadOnlySpan<double> columns, ReadOnlySpan<double> times, double[] sums, int stretch)
    {
        if (!_firstOf.TryGetValue(selection, out int first))
            return;
        int count = CountOf(selection);
        for (int i = first; i < first + count; i++)
        {
            double value = Math.Round(columns[_columns[i].Source] * _columns[i].Scale);
            if (value == 0)
                continue;
            Span<double> own = sums.AsSpan(i * stretch, times.Length);
            AddTimes(own, times, value);
        }
    }

    // Whole numbers: fused or not, the result is the same.
    private static void AddTimes(Span<double> sums, ReadOnlySpan<double> times, double value)
    {
        int i = 0;
        var factor = new Vector<double>(value);
        for (; i + Vector<double>.Count <= sums.Length; i += Vector<double>.Count)
            (new Vector<double>(sums[i..]) + new Vector<double>(times[i..]) * factor).CopyTo(sums[i..]);
        for (; i < sums.Length; i++)
            sums[i] += times[i] * value;
    }

    private void Take(Selection selection, double[] sums, int stretch, int firstReplicate, int count)
    {
        int first = _firstOf[selection];
        double[][] samples = _samples[selection];
        double Sum(int column, int i) => sums[(first + column) * stretch + i] / _columns[first + column].Scale;
        for (int i = 0; i < count; i++)
        {
            double sites = Sum(0, i);
            if (selection.IsDifference)
            {
                samples[0][firstReplicate + i] = Math.Sqrt(Sum(1, i) / sites) - Math.Sqrt(Sum(3, i) / sites);
                samples[1][firstReplicate + i] = 100 * (Sum(2, i) - Sum(4, i)) / sites;
                continue;
            }

            for (int table = 0; table < samples.Length; table++)
                samples[table][firstReplicate + i] = Math.Sqrt(Sum(1 + table, i) / sites);
        }
    }

    private static int CountOf(Selection selection) => 1 + (selection.IsDifference ? 2 : 1) * selection.Tables.Length;

    private static double ScaleOf(double total) => total > 0 ? Math.ScaleB(1, 52 - Math.ILogB(total * MostTimes)) : 1;

    private static IntervalRow RowOf(Selection selection, int statistic, double[] samples)
    {
        double[] defined = [.. samples.Where(double.IsFinite).Order()];
        return defined.Length == 0
            ? new IntervalRow(selection.First, statistic, null, null)
            : new IntervalRow(selection.First, statistic, Quantile.OfSorted(defined, 0.025), Quantile.OfSorted(defined, 0.975));
    }

    private readonly record struct Column(int Source, double Scale);

    private sealed record IntervalRow(int Column, int Statistic, double? Low, double? High);
}
