namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// Sites with their valence sums by several tables: all sites of the groups of structures that a rank owns, by group, then in the order of
/// the manifest. Kept in chunks, so that growing copies nothing.
/// </summary>
/// <param name="tables">Names of the tables; differences are taken to the first.</param>
public sealed class EvaluatedSites(IReadOnlyList<string> tables)
{
    private const int ChunkBits = 13;
    private const int InChunk = (1 << ChunkBits) - 1;

    private readonly List<EvaluatedSite[]> _sites = [];
    private readonly List<double[]> _sums = [];
    private readonly List<SiteClass> _classes = [];
    private readonly Dictionary<SiteClass, int> _numbers = [];
    private int[] _order = [];
    private bool _isSorted = true;

    /// <summary>Names of the tables.</summary>
    public IReadOnlyList<string> Tables => tables;

    /// <summary>The classes of the sites.</summary>
    public IReadOnlyList<SiteClass> Classes => _classes;

    /// <summary>Number of sites.</summary>
    public int Count { get; private set; }

    /// <summary>A site, in the order of groups and manifest.</summary>
    public EvaluatedSite this[int site] => At(Place(site));

    /// <summary>Adds a site; the number of its class is set here.</summary>
    /// <param name="site">The site.</param>
    /// <param name="kind">Its class.</param>
    /// <param name="sums">Valence sums by the tables, v.u.; NaN where a table does not cover the site.</param>
    public void Add(EvaluatedSite site, SiteClass kind, ReadOnlySpan<double> sums)
    {
        if (!_numbers.TryGetValue(kind, out int number))
        {
            _numbers.Add(kind, number = _classes.Count);
            _classes.Add(kind);
        }

        if (Count >> ChunkBits == _sites.Count)
        {
            _sites.Add(new EvaluatedSite[1 << ChunkBits]);
            _sums.Add(new double[tables.Count << ChunkBits]);
        }

        _sites[^1][Count & InChunk] = site with { Class = number };
        sums.CopyTo(_sums[^1].AsSpan((Count & InChunk) * tables.Count));
        Count++;
        _isSorted = false;
    }

    /// <summary>Valence sums of a site by all tables, v.u.; NaN where a table does not cover it.</summary>
    public ReadOnlySpan<double> Sums(int site)
    {
        int place = Place(site);
        return _sums[place >> ChunkBits].AsSpan((place & InChunk) * tables.Count, tables.Count);
    }

    private int Place(int site)
    {
        if (!_isSorted)
        {
            _order = [.. Enumerable.Range(0, Count)];
            Array.Sort(_order, (x, y) => Compare(At(x), At(y)));
            _isSorted = true;
        }

        return _order[site];
    }

    private EvaluatedSite At(int place) => _sites[place >> ChunkBits][place & InChunk];

    private static int Compare(EvaluatedSite x, EvaluatedSite y) =>
        x.Group != y.Group ? x.Group.CompareTo(y.Group) : x.Block != y.Block ? x.Block.CompareTo(y.Block) : x.Index.CompareTo(y.Index);
}
