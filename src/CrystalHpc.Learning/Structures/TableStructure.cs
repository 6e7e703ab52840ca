using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Learning.Structures;

/// <summary>
/// How a table writes structures: columns <c>a b c alpha beta gamma</c> (A, degrees) or <c>lattice</c> (nine numbers, three vectors, A)
/// with <c>sites</c> (element and fractions, atoms parted by semicolons); or full Heusler compounds by <c>symbol_X symbol_Y symbol_Z
/// lat_type lat</c>.
/// </summary>
public sealed class TableStructure
{
    private static readonly string[] Cell = ["a", "b", "c", "alpha", "beta", "gamma"], Vectors = ["lattice"];
    private static readonly string[] Names = ["material_id", "index", "formula"];
    private static readonly string[] Heusler = ["symbol_X", "symbol_Y", "symbol_Z", "lat_type", "lat"];

    private readonly string[] _kind;
    private readonly int[] _columns;
    private readonly int _sites, _id;

    private TableStructure(CsvTable table, string[] kind)
    {
        (_kind, _columns, _sites) = (kind, [.. kind.Select(table.Column)], table.Column("sites"));
        _id = Names.Select(table.Column).FirstOrDefault(column => column >= 0, -1);
    }

    /// <summary>The way of a table; null when it writes no structures.</summary>
    public static TableStructure? Of(CsvTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[][] kinds = table.Column("sites") >= 0 ? [Cell, Vectors] : [Heusler];
        return kinds.FirstOrDefault(kind => kind.All(name => table.Column(name) >= 0)) is { } found ? new TableStructure(table, found)
            : null;
    }

    /// <summary>What the table calls a row.</summary>
    public string IdOf(CsvTableRow row) => _id >= 0 ? row.Fields[_id] : row.Line.ToString(CultureInfo.InvariantCulture);

    /// <summary>True when the rows are Heusler compounds, whose columns say what kind they are.</summary>
    public bool IsHeusler => _kind == Heusler;

    /// <summary>The structure of a row; null when it has none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="unreadable">The code for a row without one.</param>
    /// <param name="problem">What is wrong with it.</param>
    public CrystalStructure? Read(CsvTableRow row, FindingCode unreadable, out Finding? problem)
    {
        string[] cells = [.. _columns.Select(column => row.Fields[column])];
        (double[]? cell, List<AtomSite>? sites) = _kind == Heusler
            ? HeuslerOf(cells)
            : (_kind == Cell ? Numbers(cells) : LengthsOf(cells[0]), SitesOf(row.Fields[_sites]));
        bool isSound = cell is [double a, double b, double c, double alpha, double beta, double gamma]
            && UnitCell.IsValid(a, b, c, alpha, beta, gamma) && sites is { Count: > 0 };
        problem = isSound ? null : new Finding(
            unreadable, row.Line, 1, sites is null ? "a site is no element with three fractions"
                : "its cell is missing, flat or no numbers");
        return isSound
            ? CrystalStructure.Expand(
                new UnitCell(cell![0], cell[1], cell[2], cell[3], cell[4], cell[5]), [SymmetryOperation.Identity], sites!)
            : null;
    }

    private static double[]? LengthsOf(string lattice) =>
        Numbers(lattice.Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { Length: 9 } v
            ? new Basis(new Cartesian(v[0], v[1], v[2]), new Cartesian(v[3], v[4], v[5]), new Cartesian(v[6], v[7], v[8]))
                .LengthsAndAngles()
            : null;

    private static List<AtomSite>? SitesOf(string text)
    {
        var sites = new List<AtomSite>();
        foreach (string site in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = site.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 4 || !Element.TryParse(words[0], out Element element) || Numbers(words[1..]) is not { } fractions)
                return null;
            sites.Add(SiteOf(element, fractions[0], fractions[1], fractions[2]));
        }

        return sites;
    }

    // The primitive cell; in units of its vectors the places of the conventional cell along the diagonal are the same numbers.
    private static (double[]? Cell, List<AtomSite>? Sites) HeuslerOf(string[] cells)
    {
        if (!Element.TryParse(cells[0], out Element x) || !Element.TryParse(cells[1], out Element y)
            || !Element.TryParse(cells[2], out Element z))
            return (null, null);
        double[]? places = cells[3].ToUpperInvariant() switch { "L21" => [0.25, 0.75, 0.5, 0], "XA" => [0, 0.25, 0.5, 0.75], _ => null };
        if (places is null || Numbers([cells[4]]) is not [double length])
            return (null, []);
        double edge = length * Math.Sqrt(0.5);
        Element[] elements = [x, x, y, z];
        return ([edge, edge, edge, 60, 60, 60], [.. places.Select((place, i) => SiteOf(elements[i], place, place, place))]);
    }

    private static AtomSite SiteOf(Element element, double x, double y, double z) =>
        new() { Label = element.Symbol, Element = element, Position = new Fractional(x, y, z) };

    private static double[]? Numbers(string[] words)
    {
        var numbers = new double[words.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !double.IsFinite(numbers[i]))
                return null;
        }

        return numbers;
    }
}
