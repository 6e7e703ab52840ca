using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Tests;

/// <summary>The way through one file as the program takes it by default.</summary>
internal static class DefaultPipeline
{
    /// <summary>The configuration of a run that states nothing.</summary>
    public static RunConfiguration Configuration => CommandLine.Systems.Configuration.Defaults;

    /// <summary>A pipeline with the products of all systems.</summary>
    public static StructurePipeline Create() => new(Configuration, CommandLine.Systems.Products(Configuration));
}
