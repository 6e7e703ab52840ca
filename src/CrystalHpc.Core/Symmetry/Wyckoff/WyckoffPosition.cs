using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Symmetry;

/// <summary>A Wyckoff position: a set of points of equal site symmetry (International Tables A, 1.4.4 and part 2.3).</summary>
public sealed class WyckoffPosition
{
    private static readonly Lazy<WyckoffPosition[][]> ByNumber = new(Load);

    // Puts a point onto the representative: it is on it when this leaves it where it is.
    private readonly SymmetryOperation _projection;

    private WyckoffPosition(string[] fields)
    {
        (Letter, SiteSymmetry) = (fields[1][0], fields[3]);
        Multiplicity = int.Parse(fields[2], CultureInfo.InvariantCulture);
        Representative = string.Join(',', fields[4..]);
        if (!SymmetryTriplet.TryParseAnyMatrix(System.Text.Encoding.ASCII.GetBytes(Representative), out _projection))
            throw new InvalidOperationException($"table has '{Representative}'");
    }

    /// <summary>The letter: <c>a</c> to <c>z</c>, and <c>A</c> for alpha, the general position of Pmmm.</summary>
    public char Letter { get; }

    /// <summary>Points in the conventional cell.</summary>
    public int Multiplicity { get; }

    /// <summary>Oriented symbol of the site symmetry, such as <c>m.2m</c>.</summary>
    public string SiteSymmetry { get; }

    /// <summary>One of its points in the reference setting, such as <c>x,2x,1/4</c>.</summary>
    public string Representative { get; }

    /// <summary>The positions of a group, 1 to 230, in the order of letters; the general position is the last.</summary>
    public static IReadOnlyList<WyckoffPosition> Of(int number) => ByNumber.Value[number - 1];

    /// <summary>Multiplicity and letter, such as <c>8c</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Multiplicity}{Letter}");

    /// <summary>How far a point of the reference setting is from the representative, as a difference of fractions.</summary>
    internal Fractional Deviation(Fractional point) => (_projection.Apply(point) - point).Nearest();

    /// <summary>The point of the representative for these values of x, y and z.</summary>
    internal Fractional PointFor(Fractional parameters) => _projection.Apply(parameters);

    private static WyckoffPosition[][] Load() =>
        [
            .. EmbeddedTable.Read("Symmetry.Data.WyckoffPositions.csv")
                .GroupBy(fields => int.Parse(fields[0], CultureInfo.InvariantCulture)).OrderBy(group => group.Key)
                .Select(group => group.Select(fields => new WyckoffPosition(fields)).ToArray()),
        ];
}
