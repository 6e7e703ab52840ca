using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.Engine.Products;

/// <summary>The tables that every run has, whatever its systems.</summary>
internal static class EngineProducts
{
    /// <summary>Structures, findings and cells; neighbors where the configuration asks for them.</summary>
    public static IEnumerable<IShardProduct> Of(RunConfiguration configuration)
    {
        yield return new StructureProduct();
        yield return new FindingProduct();
        yield return new CellProduct(configuration.Find(EngineSections.Groups)?.Tolerance);
        if (configuration.Get(EngineSections.Neighbors).WriteTable)
            yield return new NeighborProduct();
    }
}
