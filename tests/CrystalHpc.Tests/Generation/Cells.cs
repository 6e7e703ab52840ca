using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Tests.Generation;

/// <summary>Cubic cells that everybody knows.</summary>
internal static class Cells
{
    public static CubicCell CesiumChloride { get; } = Of(4.12, "Cs 0 0 0; Cl .5 .5 .5");

    public static CubicCell Perovskite { get; } = Of(3.905, "Sr 0 0 0; Ti .5 .5 .5; O .5 .5 0; O .5 0 .5; O 0 .5 .5");

    public static CubicCell Heusler { get; } = Of(
        5.95, "Cu .25 .25 .25; Cu .25 .75 .75; Cu .75 .25 .75; Cu .75 .75 .25; Cu .75 .75 .75; Cu .75 .25 "
        + ".25; Cu .25 .75 .25; Cu .25 .25 .75; "
        + "Mn .5 .5 .5; Mn .5 0 0; Mn 0 .5 0; Mn 0 0 .5; Al 0 0 0; Al 0 .5 .5; Al .5 0 .5; Al .5 .5 0");

    public static CubicCell Of(double edge, string sites)
    {
        string[][] words = [.. sites.Split(';').Select(site => site.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        return new CubicCell(edge, [.. words.Select(site => Element.Of(site[0]))], [.. words.Select(site => new Fractional(
            double.Parse(site[1], global::System.Globalization.CultureInfo.InvariantCulture),
            double.Parse(site[2], global::System.Globalization.CultureInfo.InvariantCulture),
            double.Parse(site[3], global::System.Globalization.CultureInfo.InvariantCulture)))]);
    }

    /// <summary>A crystal in general position: atoms at least 1.5 A apart.</summary>
    public static CubicCell Random(ulong seed, int atoms)
    {
        var random = new CounterRandom(seed, 0);
        Element[] elements = [Element.Of("O"), Element.Of("Ti"), Element.Of("Ba")];
        var cell = new CubicCell(5.1, [], []);
        while (cell.Count < atoms)
        {
            CubicCell tried = cell with
            {
                Elements = [.. cell.Elements, random.Pick(elements)],
                Positions = [.. cell.Positions, new Fractional(random.NextUniform(), random.NextUniform(), random.NextUniform())],
            };
            if (tried.LeastDistance() > 1.5)
                cell = tried;
        }

        return cell;
    }
}
