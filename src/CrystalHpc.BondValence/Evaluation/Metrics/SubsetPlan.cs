using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>Sites of a subset on which some tables are judged.</summary>
/// <param name="Subset">Index of the subset.</param>
/// <param name="Tables">The tables; of a difference the table and the first one.</param>
/// <param name="NeedsAll">Only sites that every table covers, not only those of <paramref name="Tables"/>.</param>
/// <param name="IsDifference">The two tables are compared.</param>
/// <param name="First">First of its columns.</param>
internal sealed record Selection(int Subset, int[] Tables, bool NeedsAll, bool IsDifference, int First)
{
    // Beside the number of sites: squares, wrong ones, deviations of each table.
    private const int PerTable = 3;

    public int Columns => 1 + PerTable * Tables.Length;

    public int Sites => First;

    public int Squares(int table) => First + 1 + PerTable * table;

    public int Wrong(int table) => Squares(table) + 1;

    public int Deviations(int table) => Squares(table) + 2;
}

/// <summary>
/// Subsets, selections and places of sums; the same on every rank, and of a size that does not depend on the number of sites.
/// </summary>
internal sealed class SubsetPlan
{
    private readonly int[] _firstOfIon;

    /// <summary>Agrees on the plan. A collective call.</summary>
    public SubsetPlan(ICommunicator world, EvaluatedSites sites)
    {
        TableCount = sites.Tables.Count;
        IEnumerable<SubsetKey> own = sites.Classes.SelectMany(SubsetKey.Of).Concat(SubsetKey.Always).Distinct();
        Subsets = world.GatherToAll(own, all => all.Distinct().Order());
        Dictionary<SubsetKey, int> indexOf = Subsets.Select((key, i) => (key, i)).ToDictionary(entry => entry.key, entry => entry.i);
        SubsetsOfClass = [.. sites.Classes.Select(kind => SubsetKey.Of(kind).Select(key => indexOf[key]).ToArray())];
        SelectionsOf = new Selection[Subsets.Count][];
        for (int subset = 0; subset < SelectionsOf.Length; subset++)
        {
            var selections = new List<Selection>();
            int[] tables = [.. Enumerable.Range(0, TableCount)];
            Add(selections, subset, tables, needsAll: true, isDifference: false);
            foreach (int table in Subsets[subset].Kind == SubsetKind.Whole ? tables : [])
                Add(selections, subset, [table], needsAll: false, isDifference: false);
            foreach (int table in tables.Skip(1))
                Add(selections, subset, [table, 0], needsAll: false, isDifference: true);
            SelectionsOf[subset] = [.. selections];
        }

        IEnumerable<IonOfSubset> ownIons = sites.Classes.Zip(SubsetsOfClass, (kind, subsets) =>
            subsets.Select(subset => new IonOfSubset(subset, kind.Center))).SelectMany(ion => ion);
        Ions = world.GatherToAll(ownIons.Distinct(), all => all.Distinct().OrderBy(ion => ion.Subset).ThenBy(ion => ion.Ion));
        Dictionary<IonOfSubset, int> indexOfIon = Ions.Select((ion, i) => (ion, i)).ToDictionary(entry => entry.ion, entry => entry.i);
        IonsOfClass = [.. sites.Classes.Zip(SubsetsOfClass, (kind, subsets) =>
            subsets.Select(subset => indexOfIon[new IonOfSubset(subset, kind.Center)]).ToArray())];
        _firstOfIon = new int[Ions.Count + 1];
        for (int ion = 0; ion < Ions.Count; ion++)
            _firstOfIon[ion + 1] = _firstOfIon[ion] + Judged(Ions[ion].Subset).Sum(selection => 1 + selection.Tables.Length);
    }

    public int TableCount { get; }

    /// <summary>The subsets in the order of the tables.</summary>
    public IReadOnlyList<SubsetKey> Subsets { get; }

    /// <summary>Selections of each subset: of all tables, of each alone for the widest subsets, then the differences.</summary>
    public Selection[][] SelectionsOf { get; }

    /// <summary>Number of columns of all selections.</summary>
    public int ColumnCount { get; private set; }

    /// <summary>Subsets of each class of this rank's sites.</summary>
    public int[][] SubsetsOfClass { get; }

    /// <summary>The ions of each subset, sorted.</summary>
    public IReadOnlyList<IonOfSubset> Ions { get; }

    /// <summary>Index among them of the centers of each class, for each of its subsets.</summary>
    public int[][] IonsOfClass { get; }

    /// <summary>Number of sums by ion.</summary>
    public int IonColumnCount => _firstOfIon[^1];

    /// <summary>Selections of a subset that are no differences.</summary>
    public IEnumerable<Selection> Judged(int subset) => SelectionsOf[subset].Where(selection => !selection.IsDifference);

    /// <summary>First of the sums of an ion in a selection of its subset: number of sites, then squares by table.</summary>
    public int FirstOf(int ion, Selection selection)
    {
        int first = _firstOfIon[ion];
        foreach (Selection other in SelectionsOf[Ions[ion].Subset])
        {
            if (ReferenceEquals(other, selection))
                break;
            first += 1 + other.Tables.Length;
        }

        return first;
    }

    private void Add(List<Selection> selections, int subset, int[] tables, bool needsAll, bool isDifference)
    {
        var selection = new Selection(subset, tables, needsAll, isDifference, ColumnCount);
        selections.Add(selection);
        ColumnCount += selection.Columns;
    }
}

/// <summary>An ion that occurs in a subset.</summary>
internal readonly record struct IonOfSubset(int Subset, Species Ion);
