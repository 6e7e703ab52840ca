using System.Reflection;

namespace CrystalHpc.Engine.Runs;

/// <summary>Version of the program: what tables are stamped with.</summary>
public static class ProgramVersion
{
    /// <summary>Version with the commit it was built from, where known: <c>0.1.0+1a2b3c...</c>.</summary>
    public static string Full { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
