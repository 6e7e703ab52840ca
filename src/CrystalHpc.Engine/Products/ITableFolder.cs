namespace CrystalHpc.Engine.Products;

/// <summary>
/// Where the tables of a shard go: the folder of the shard (<see cref="Runs.ShardFolder"/>), or memory (<see cref="TablesInMemory"/>).
/// </summary>
public interface ITableFolder
{
    /// <summary>Starts a table; it is complete when the stream is disposed.</summary>
    Stream Create(string table);
}

/// <summary>What can be done with any folder of tables.</summary>
public static class TableFolderExtensions
{
    /// <summary>Writes a whole table.</summary>
    public static void Write(this ITableFolder folder, string table, Action<Stream> write)
    {
        using Stream stream = folder.Create(table);
        write(stream);
    }
}
