using System.Reflection;

namespace CrystalHpc.Core;

/// <summary>Reads the small CSV tables built into this assembly: <c>#</c> comments, one header line, no quoting.</summary>
internal static class EmbeddedTable
{
    /// <summary>The rows after the header, split at commas.</summary>
    /// <param name="name">Resource name without the assembly's, such as <c>Crystals.Data.Elements.csv</c>.</param>
    public static IEnumerable<string[]> Read(string name)
    {
        Assembly assembly = typeof(EmbeddedTable).Assembly;
        using Stream stream = assembly.GetManifestResourceStream($"CrystalHpc.Core.{name}")
            ?? throw new InvalidOperationException($"no embedded table {name}");
        using var reader = new StreamReader(stream);
        bool header = true;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (!header)
                yield return line.Split(',');
            header = false;
        }
    }
}
