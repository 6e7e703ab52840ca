using System.Globalization;
using System.Text.Json.Nodes;
using CrystalHpc.Core.Matching;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Commands;

/// <summary>Compares the first structures of two files.</summary>
internal static class PairMatch
{
    /// <summary>Prints whether they are the same, by their elements and by the arrangement of atoms alone.</summary>
    /// <exception cref="UserException">A file holds no structure that can be compared.</exception>
    public static void Print(string first, string second, MatchTolerance tolerance, bool isJson)
    {
        MatchableStructure a = First(first), b = First(second);
        var matcher = new StructureMatcher(tolerance);
        StructureMatch? match = matcher.Compare(a, b);
        bool isSame = match is { IsSame: true };
        bool isSameType = isSame || matcher.AreSameAnonymous(a, b);
        if (isJson)
        {
            Console.Out.WriteLine(new JsonObject
            {
                ["a"] = first, ["b"] = second, ["same"] = isSame, ["same_anonymous"] = isSameType,
                ["rms"] = isSame ? match!.Value.RmsDisplacement : null, ["max"] = isSame ? match!.Value.MaxDisplacement : null,
            }.ToJsonString());
            return;
        }

        string verdict = isSame ? "the same structure" : isSameType ? "different elements in the same arrangement" : "different structures";
        Console.Out.WriteLine(isSame
            ? string.Create(CultureInfo.InvariantCulture,
                $"{verdict}: rms displacement {match!.Value.RmsDisplacement:0.0000}, largest {match.Value.MaxDisplacement:0.0000} "
                + $"(V/N)^(1/3)")
            : verdict);
    }

    private static MatchableStructure First(string path)
    {
        NamedStructure[] structures = [.. NamedStructure.Read(path).Take(2)];
        if (structures.Length > 1)
            Console.Error.WriteLine($"{path}: holds several structures; the first is compared");
        return structures[0].Structure ?? throw UserException.Unusable($"{path}: {structures[0].Refusal}");
    }
}
