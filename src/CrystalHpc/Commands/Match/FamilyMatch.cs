using System.Globalization;
using System.Text.Json.Nodes;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Commands;

/// <summary>Sorts the structures of a folder or file into families of the same structure.</summary>
internal static class FamilyMatch
{
    /// <summary>Prints the families: for people one a line, for scripts one object for each structure, in the order of names.</summary>
    /// <exception cref="UserException">There is nothing to sort.</exception>
    public static void Print(string path, MatchTolerance tolerance, bool isJson)
    {
        var families = new StructureFamilies(tolerance);
        var members = new List<List<string>>();
        int structures = 0;
        foreach (NamedStructure named in Files(path).SelectMany(NamedStructure.Read))
        {
            structures++;
            int? family = named.Structure is null ? null : families.Add(named.Structure);
            if (family == members.Count)
                members.Add([]);
            if (family is { } number)
                members[number].Add(named.Name);
            else
                Console.Error.WriteLine($"{named.Name}: {named.Refusal}");
            if (isJson)
                Console.Out.WriteLine(ToJson(named, family is { } known ? members[known][0] : null, family));
        }

        if (!isJson)
        {
            foreach (List<string> family in members)
                Console.Out.WriteLine(string.Join(' ', family));
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{structures} structures, {families.Count} families"));
    }

    private static string[] Files(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        string[] files = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => StructureFile.FormatOfFile(file) is not null and not StructureFormat.N2p2)
            .Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw UserException.Unusable($"{path} holds no structure files");
    }

    private static string ToJson(NamedStructure named, string? first, int? family) => named.Refusal is { } refusal
        ? new JsonObject { ["file"] = named.Name, ["refused"] = refusal }.ToJsonString()
        : new JsonObject { ["file"] = named.Name, ["family"] = family + 1, ["first"] = first }.ToJsonString();
}
