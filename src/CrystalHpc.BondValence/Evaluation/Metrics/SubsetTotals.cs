using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>Sums over all groups of all ranks, exact, so that they do not depend on who holds which group.</summary>
internal sealed class SubsetTotals
{
    private readonly SubsetPlan _plan;
    private readonly ReproducibleSum _columns, _ratios, _ions;
    private readonly long[] _groups, _sites;

    /// <summary>Adds up. A collective call.</summary>
    public SubsetTotals(ICommunicator world, SubsetPlan plan, EvaluatedSites sites)
    {
        _plan = plan;
        (_columns, _ratios, _ions) = (new ReproducibleSum(plan.ColumnCount), new ReproducibleSum(plan.ColumnCount),
            new ReproducibleSum(plan.IonColumnCount));
        (_groups, _sites) = (new long[plan.ColumnCount], new long[plan.Subsets.Count * (1 + plan.TableCount)]);
        var groups = new GroupSums(plan, sites);
        groups.ForEach(
            _ =>
            {
                foreach (Selection selection in groups.Touched)
                {
                    _groups[selection.First]++;
                    for (int column = selection.First; column < selection.First + selection.Columns; column++)
                        _columns.Add(column, groups.Columns[column]);
                    for (int table = 0; table < selection.Tables.Length; table++)
                        _ratios.Add(selection.Squares(table), groups.Columns[selection.Squares(table)] / groups.Columns[selection.Sites]);
                }
            },
            (site, selection, subset) =>
            {
                if (selection.IsDifference)
                    return;
                EvaluatedSite own = sites[site];
                int first = plan.FirstOf(plan.IonsOfClass[own.Class][subset], selection);
                double target = Math.Abs(sites.Classes[own.Class].Center.Charge);
                ReadOnlySpan<double> sums = sites.Sums(site);
                _ions.Add(first, 1);
                for (int table = 0; table < selection.Tables.Length; table++)
                {
                    double deviation = sums[selection.Tables[table]] - target;
                    _ions.Add(first + 1 + table, deviation * deviation);
                }
            });
        for (int site = 0; site < sites.Count; site++)
            Count(sites.Sums(site), plan.SubsetsOfClass[sites[site].Class]);
        GlobalSum sum = values => world.AllreduceInPlace(values, ReduceOperation.Sum);
        foreach (ReproducibleSum sums in (ReproducibleSum[])[_columns, _ratios, _ions])
            sums.AllReduce(sum);
        sum(_groups);
        sum(_sites);
    }

    /// <summary>Total of a column.</summary>
    public double Total(int column) => _columns.Read(column);

    /// <summary>Groups that have sites in a selection.</summary>
    public int Groups(Selection selection) => (int)_groups[selection.First];

    /// <summary>Sites of a subset, whatever covers them.</summary>
    public int Sites(int subset) => (int)_sites[subset * (1 + _plan.TableCount)];

    /// <summary>Sites of a subset that a table covers.</summary>
    public int Covered(int subset, int table) => (int)_sites[subset * (1 + _plan.TableCount) + 1 + table];

    /// <summary>Mean over groups of the mean square deviation in each.</summary>
    public double MeanSquareOfGroups(Selection selection, int table) => _ratios.Read(selection.Squares(table)) / Groups(selection);

    /// <summary>RMSD of each ion averaged over ions by their sites, v.u., and the same in percent of the oxidation states.</summary>
    public (double Mean, double Percent) ByIon(Selection selection, int table)
    {
        (double mean, double percent, double sites) = (0, 0, Total(selection.Sites));
        for (int ion = 0; ion < _plan.Ions.Count; ion++)
        {
            if (_plan.Ions[ion].Subset != selection.Subset)
                continue;
            int first = _plan.FirstOf(ion, selection);
            double count = _ions.Read(first);
            if (count == 0)
                continue;
            double rmsd = Math.Sqrt(_ions.Read(first + 1 + table) / count);
            mean += count * rmsd / sites;
            percent += count * 100 * rmsd / Math.Abs(_plan.Ions[ion].Ion.Charge) / sites;
        }

        return (mean, percent);
    }

    private void Count(ReadOnlySpan<double> sums, int[] subsets)
    {
        foreach (int subset in subsets)
        {
            int first = subset * (1 + _plan.TableCount);
            _sites[first]++;
            for (int table = 0; table < sums.Length; table++)
                _sites[first + 1 + table] += double.IsNaN(sums[table]) ? 0 : 1;
        }
    }
}
