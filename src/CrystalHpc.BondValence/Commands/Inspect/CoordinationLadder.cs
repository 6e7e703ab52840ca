using System.Globalization;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.BondValence.Commands;

/// <summary>
/// The surroundings of one site as text: a rung for each distance, with the valence of its bonds and the sum so far; then what the
/// definition does not count as neighbors, so that the gap shows; then the angles.
/// </summary>
internal static class CoordinationLadder
{
    private const int MostOthers = 4;
    private const int BarLength = 24;
    private const double LookBeyond = 2;
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Prints the ladder of the first atom of a site.</summary>
    public static void Print(TerminalWriter output, CrystalStructure structure, int site, CoordinationShell shell, string definition,
        SiteValences valences)
    {
        AtomSite center = structure.Sites[site];
        Rung[] bonds = [.. RungsOf(structure, shell)];
        double shortest = shell.Bonds.Count > 0 ? shell.Bonds[0].DistanceAngstrom : 0;
        double longest = shell.Bonds.Count > 0 ? shell.Bonds[^1].DistanceAngstrom : 0;
        string range = shell.Bonds.Count > 0
            ? string.Create(Invariant,
                $", {shortest:0.000} to {longest:0.000} A, mean {shell.Bonds.Average(bond => bond.DistanceAngstrom):0.000} A")
            : "";
        output.WriteLine();
        output.Write("  ");
        output.Write(TextColor.Strong, Name(center));
        output.WriteLine($"  CN {shell.Bonds.Count} by {definition}{range}");
        output.WriteLine($"    {"A",7}  {"neighbor",-20}{"valence",8}{"sum",9}");
        PrintBonds(output, center, bonds, valences);
        PrintOthers(output, structure, shell, longest);
        if (Angles(shell) is { Length: > 0 } angles)
            output.WriteLine($"    angles  {angles}");
        PrintSum(output, center, bonds, valences);
    }

    private static IEnumerable<Rung> RungsOf(CrystalStructure structure, CoordinationShell shell) => shell.Bonds
        .GroupBy(bond => (Math.Round(bond.DistanceAngstrom, 3), structure.SiteOfAtom[bond.Atom]))
        .Select(group => new Rung(structure.SiteAt(group.First().Atom), group.Average(bond => bond.DistanceAngstrom), group.Count()));

    private static void PrintBonds(TextWriter output, AtomSite center, Rung[] bonds, SiteValences valences)
    {
        double?[] values = Valences(center, bonds, valences);
        double strongest = values.Max() ?? 0, sum = 0;
        foreach ((Rung bond, double? valence) in bonds.Zip(values))
        {
            string line = string.Create(Invariant, $"    {bond.DistanceAngstrom,7:0.000}  {Neighbor(bond),-20}");
            if (valence is { } s)
            {
                sum += s * bond.Count;
                int length = (int)Math.Round(BarLength * s / strongest);
                line += string.Create(Invariant, $"{s,8:0.000}{sum,9:0.000}  {new string('#', length)}");
            }

            output.WriteLine(line.TrimEnd());
        }
    }

    private static double?[] Valences(AtomSite center, Rung[] bonds, SiteValences valences)
    {
        return [.. bonds.Select(bond => valences.Find(center, bond.Site, bond.DistanceAngstrom)?.ValenceVu)];
    }

    private static void PrintOthers(TextWriter output, CrystalStructure structure, CoordinationShell shell, double longest)
    {
        if (longest == 0)
            return;
        HashSet<(int, CellImage)> counted = [.. shell.Bonds.Select(bond => (bond.Atom, bond.Image))];
        NeighborList near = NeighborSearch.Find(structure, [shell.Center], LookBeyond * longest);
        var others = new List<CoordinationBond>();
        for (int i = 0; i < near.Atoms.Length; i++)
        {
            if (!counted.Contains((near.Atoms[i], near.Images[i])))
                others.Add(new CoordinationBond(near.Atoms[i], near.Images[i], near.Vectors[i], near.Distances[i], 0));
        }

        if (others.Count == 0)
            return;
        output.WriteLine("    not counted as neighbors:");
        foreach (Rung other in RungsOf(structure, new CoordinationShell(shell.Center, others)).Take(MostOthers))
            output.WriteLine(string.Create(Invariant, $"    {other.DistanceAngstrom,7:0.000}  {Neighbor(other)}"));
    }

    private static void PrintSum(TextWriter output, AtomSite center, Rung[] bonds, SiteValences valences)
    {
        if (center.Charge is not { } charge || bonds.Length == 0)
            return;
        double?[] values = Valences(center, bonds, valences);
        if (values.Any(value => value is null))
        {
            output.WriteLine("    the table lacks some of these bonds");
            return;
        }

        double sum = bonds.Zip(values).Sum(pair => pair.First.Count * pair.Second!.Value);
        output.WriteLine(string.Create(Invariant,
            $"    valence sum {sum:0.000}, oxidation state {Math.Abs(charge):0.##}: {sum - Math.Abs(charge):+0.000;-0.000;0.000} v.u."));
    }

    private static string Angles(CoordinationShell shell)
    {
        const int MostBonds = 12;
        var angles = new List<double>();
        for (int i = 0; i < Math.Min(MostBonds, shell.Bonds.Count); i++)
        {
            for (int j = 0; j < i; j++)
                angles.Add(Degrees(shell.Bonds[i], shell.Bonds[j]));
        }

        return string.Join("  ", angles.GroupBy(angle => Math.Round(angle, 1)).OrderBy(group => group.Key)
            .Select(group => string.Create(Invariant, $"{group.Key:0.0}{(group.Count() > 1 ? $" x{group.Count()}" : "")}")));
    }

    private static double Degrees(CoordinationBond one, CoordinationBond other) => Math.Acos(Math.Clamp(
        Cartesian.Dot(one.Vector, other.Vector) / (one.DistanceAngstrom * other.DistanceAngstrom), -1, 1)) * (180 / Math.PI);

    private static string Neighbor(Rung rung) => $"{Name(rung.Site)}{(rung.Count > 1 ? string.Create(Invariant, $" x{rung.Count}") : "")}";

    private static string Name(AtomSite site) => site.Charge is { } charge
        ? string.Create(Invariant, $"{PlainText.Of(site.Label)} {site.Element.Symbol}{Math.Abs(charge):0.##}{(charge < 0 ? '-' : '+')}")
        : $"{PlainText.Of(site.Label)} {site.Element.Symbol}";

    /// <summary>Equally distant neighbors on one site.</summary>
    private readonly record struct Rung(AtomSite Site, double DistanceAngstrom, int Count);
}
