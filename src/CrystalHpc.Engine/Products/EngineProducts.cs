using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.Engine.Products;

/// <summary>The tables that every run has, whatever its systems.</summary>
internal static class EngineProducts
{
    /// <summary>Structures and findings; neighbors where the configuration asks for them.</summary>
    public static IEnumerable<IShardProduct> Of(RunConfiguration configuration) =>
        configuration.Get(EngineSections.Neighbors).WriteTable
            ? [new StructureProduct(), new FindingProduct(), new NeighborProduct()]
            : [new StructureProduct(), new FindingProduct()];
}
