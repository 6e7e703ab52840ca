using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Products;

/// <summary>The tables of all products in one shard, or for one file, while they are being written.</summary>
public sealed class ShardTables : IDisposable
{
    private readonly IReadOnlyList<IShardProduct> _products;
    private readonly IShardWriter[] _writers;

    /// <summary>Starts the tables.</summary>
    public ShardTables(IReadOnlyList<IShardProduct> products, ITableFolder folder) =>
        (_products, _writers) = (products, [.. products.Select(product => product.Start(folder))]);

    /// <summary>What the products have counted, by name.</summary>
    public OrderedDictionary<string, long> Counts => new(
        _products.Zip(_writers).SelectMany(pair => pair.First.Counted.Zip(pair.Second.Counts, KeyValuePair.Create)));

    /// <summary>Adds the rows of one structure to all tables.</summary>
    public void Append(ManifestRow file, StructureOutcome outcome)
    {
        foreach (IShardWriter writer in _writers)
            writer.Append(file, outcome);
    }

    /// <summary>All rows are there: closes the tables.</summary>
    public void Complete()
    {
        foreach (IShardWriter writer in _writers)
            writer.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IShardWriter writer in _writers)
            writer.Dispose();
    }
}
