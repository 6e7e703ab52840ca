using System.Reflection;

namespace CrystalHpc.Core;

/// <summary>Reads the small CSV tables built into an assembly: <c>#</c> comments, one header line, no quoting.</summary>
public static class EmbeddedTable
{
    /// <summary>The rows of a table of this assembly.</summary>
    /// <param name="name">Resource name without the assembly's, such as <c>Elements.Data.Elements.csv</c>.</param>
    internal static IEnumerable<string[]> Read(string name) => Read(typeof(EmbeddedTable).Assembly, name);

    /// <summary>The rows after the header, split at commas.</summary>
    /// <param name="assembly">The assembly that holds the table.</param>
    /// <param name="name">Resource name without the assembly's, such as <c>Synthesis.Data.Prototypes.csv</c>.</param>
    /// <exception cref="InvalidOperationException">The assembly holds no such table.</exception>
    public static IEnumerable<string[]> Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream($"{assembly.GetName().Name}.{name}")
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
