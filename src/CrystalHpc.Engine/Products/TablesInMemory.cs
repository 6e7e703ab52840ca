namespace CrystalHpc.Engine.Products;

/// <summary>Tables that nobody keeps: how a single file is shown as its shard would hold it.</summary>
public sealed class TablesInMemory : ITableFolder
{
    private readonly List<(string Name, MemoryStream Content)> _tables = [];

    /// <summary>The tables in the order in which they were started.</summary>
    public IEnumerable<(string Name, ReadOnlyMemory<byte> Content)> Tables =>
        _tables.Select(table => (table.Name, (ReadOnlyMemory<byte>)table.Content.ToArray()));

    /// <inheritdoc/>
    public Stream Create(string table)
    {
        var content = new MemoryStream();
        _tables.Add((table, content));
        return content;
    }
}
