using System.Globalization;
using System.Text;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Equations;

/// <summary>The keys that occur on any rank.</summary>
internal static class KeyUnion
{
    /// <summary>All keys of all ranks, sorted, each once; the same list everywhere.</summary>
    public static IReadOnlyList<BondKey> OverRanks(Job job, IEnumerable<BondKey> mine)
    {
        string[]? gathered = job.World.GatherStrings(Encode(mine), 0);
        string all = job.World.BroadcastString(job.IsRoot ? Encode(gathered!.SelectMany(Decode)) : null, 0);
        return [.. Decode(all)];
    }

    private static string Encode(IEnumerable<BondKey> keys)
    {
        var text = new StringBuilder();
        foreach (BondKey key in keys.Distinct().Order())
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{key.Cation.Element.AtomicNumber} {key.Cation.Charge} {key.Anion.Element.AtomicNumber} {key.Anion.Charge}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<BondKey> Decode(string text) => text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => Array.ConvertAll(line.Split(' '), part => int.Parse(part, CultureInfo.InvariantCulture)))
        .Select(parts => new BondKey(
            new Species(new Element((byte)parts[0]), (sbyte)parts[1]), new Species(new Element((byte)parts[2]), (sbyte)parts[3])));
}
