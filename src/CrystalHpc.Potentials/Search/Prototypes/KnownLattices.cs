using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Search.Prototypes;

/// <summary>
/// Structure types of elements and of alloys, by their Strukturbericht names (International Tables and textbook coordinates): conventional
/// cells with edges in units of the first.
/// </summary>
internal static class KnownLattices
{
    private static readonly double Ideal = Math.Sqrt(8.0 / 3);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Prototype> All { get; } =
    [
        Cell("A1 (fcc)", 1, 1, "A 0 0 0; A 0 .5 .5; A .5 0 .5; A .5 .5 0"),
        Cell("A2 (bcc)", 1, 1, "A 0 0 0; A .5 .5 .5"),
        Hexagonal("A3 (hcp)", Ideal, "A 0 0 0; A t u .5"),
        Hexagonal("A3' (dhcp)", 2 * Ideal, "A 0 0 0; A t u .25; A 0 0 .5; A u t .75"),
        Cell("A4 (diamond)", 1, 1, "A 0 0 0; A 0 .5 .5; A .5 0 .5; A .5 .5 0; A .25 .25 .25; A .25 .75 .75; A .75 .25 .75; A .75 .75 .25"),
        Cell("A_h (sc)", 1, 1, "A 0 0 0"),
        Cell("A15", 1, 1, "A 0 0 0; A .5 .5 .5; B .25 0 .5; B .75 0 .5; B .5 .25 0; B .5 .75 0; B 0 .5 .25; B 0 .5 .75"),
        Cell("B1 (NaCl)", 1, 1, "A 0 0 0; A 0 .5 .5; A .5 0 .5; A .5 .5 0; B .5 .5 .5; B .5 0 0; B 0 .5 0; B 0 0 .5"),
        Cell("B2 (CsCl)", 1, 1, "A 0 0 0; B .5 .5 .5"),
        Cell("B3 (ZnS)", 1, 1, "A 0 0 0; A 0 .5 .5; A .5 0 .5; A .5 .5 0; B .25 .25 .25; B .25 .75 .75; B .75 .25 .75; B .75 .75 .25"),
        Hexagonal("B8_1 (NiAs)", 1.6, "A 0 0 0; A 0 0 .5; B t u .25; B u t .75"),
        Hexagonal("B_h (WC)", 0.98, "A 0 0 0; B t u .5"),
        Cell("L1_0 (CuAu)", 1, Math.Sqrt(2), "A 0 0 0; B .5 .5 .5"),
        Cell("L1_2 (Cu3Au)", 1, 1, "A 0 0 0; B 0 .5 .5; B .5 0 .5; B .5 .5 0"),
        Cell("D0_22 (Al3Ti)", 1, 2, "A 0 0 0; A .5 .5 .5; B .5 .5 0; B 0 0 .5; B 0 .5 .25; B .5 0 .25; B 0 .5 .75; B .5 0 .75"),
        Hexagonal(
            "D0_19 (Ni3Sn)", Ideal / 2,
            "A t u .25; A u t .75; B .8333333333333333 .6666666666666667 .25; B .8333333333333333 .1666666666666667 .25; "
            + "B .3333333333333333 .1666666666666667 .25; B .1666666666666667 .3333333333333333 .75; "
            + "B .1666666666666667 .8333333333333333 .75; B .6666666666666667 .8333333333333333 .75"),
        Cell("C1 (CaF2)", 1, 1, "A 0 0 0; A 0 .5 .5; A .5 0 .5; A .5 .5 0; " + Eighths('B')),
        Cell("C11_b (MoSi2)", 1, 2.45, "A 0 0 0; A .5 .5 .5; B 0 0 .3333; B 0 0 .6667; B .5 .5 .8333; B .5 .5 .1667"),
        Hexagonal("C32 (AlB2)", 1.08, "A 0 0 0; B t u .5; B u t .5"),
        Cell("D0_3 (AlFe3)", 1, 1, "A 0 0 0; A 0 .5 .5; A .5 0 .5; A .5 .5 0; B .5 .5 .5; B .5 0 0; B 0 .5 0; B 0 0 .5; " + Eighths('B')),
        Cell("C1_b (half-Heusler)", 1, 1, "A 0 0 0; A 0 .5 .5; A .5 0 .5; A .5 .5 0; B .5 .5 .5; B .5 0 0; B 0 .5 0; B 0 0 .5; "
            + "C .25 .25 .25; C .25 .75 .75; C .75 .25 .75; C .75 .75 .25"),
        Cell("L2_1 (Heusler)", 1, 1, "A 0 0 0; A 0 .5 .5; A .5 0 .5; A .5 .5 0; B .5 .5 .5; B .5 0 0; B 0 .5 0; B 0 0 .5; " + Eighths('C')),
        Cell("E2_1 (perovskite)", 1, 1, "A 0 0 0; B .5 .5 .5; C .5 .5 0; C .5 0 .5; C 0 .5 .5"),
    ];

    private static string Eighths(char kind) =>
        string.Join("; ", from x in (string[])[".25", ".75"] from y in (string[])[".25", ".75"] from z in (string[])[".25", ".75"]
                                                                  select $"{kind} {x} {y} {z}");

    private static Prototype Cell(string name, double b, double c, string sites) =>
        Of(name, new Basis(new(1, 0, 0), new(0, b, 0), new(0, 0, c)), sites);

    private static Prototype Hexagonal(string name, double c, string sites) =>
        Of(name, new Basis(new(1, 0, 0), new(-0.5, Math.Sqrt(3) / 2, 0), new(0, 0, c)), sites);

    // t and u are a third and two thirds; A, B and C stand for boron, carbon and nitrogen. Lengths are in units of 4 A, so that no two
    // atoms are taken for one.
    private static Prototype Of(string name, Basis shape, string sites)
    {
        const double Unit = 4;
        var cell = new Basis(Unit * shape.A, Unit * shape.B, Unit * shape.C);
        string[][] fields = [.. sites.Split(';').Select(site => site.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        static double Number(string text) => text switch
        {
            "t" => 1.0 / 3,
            "u" => 2.0 / 3,
            _ => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
        };
        return new Prototype(name, new AtomFrame
        {
            Species = [.. fields.Select(site => new Element((byte)(5 + site[0][0] - 'A')))],
            PositionsAngstrom = [.. fields
                .SelectMany(site => cell.ToCartesian(new Fractional(Number(site[1]), Number(site[2]), Number(site[3]))) is var p
                ? (double[])[p.X, p.Y, p.Z] : [])],
            Cell = cell,
            Periodicity = Periodicity.Crystal,
        });
    }
}
