using System.Reflection;

namespace CrystalHpc.Engine.Runs;

/// <summary>Version of the program: what tables are stamped with.</summary>
public static class ProgramVersion
{
    /// <summary>Version with the commit it was built from, where known: <c>0.1.0+1a2b3c...</c>.</summary>
    public static string Full { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>
    /// What tells builds of an assembly, and of those of this program that it refers to, apart: changes without a commit count, too.
    /// </summary>
    public static string BuildOf(Assembly assembly)
    {
        var seen = new SortedDictionary<string, Guid>(StringComparer.Ordinal);
        Add(assembly, seen);
        return string.Join(' ', seen.Values.Select(id => id.ToString("N")));
    }

    private static void Add(Assembly assembly, SortedDictionary<string, Guid> seen)
    {
        if (!seen.TryAdd(assembly.GetName().Name!, assembly.ManifestModule.ModuleVersionId))
            return;
        foreach (AssemblyName name in assembly.GetReferencedAssemblies())
        {
            if (name.Name!.StartsWith("CrystalHpc", StringComparison.Ordinal))
                Add(Assembly.Load(name), seen);
        }
    }
}
