using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Structures;

/// <summary>Reads parts of <c>merged/structures.csv</c>: one block for each shard it was merged from.</summary>
public sealed class StructureBlocks
{
    /// <summary>Where the rows of each shard lie.</summary>
    public const string FileName = "structure_blocks.csv";

    private readonly string _path;
    private readonly BlockRow[] _blocks;
    private readonly TablePart _table;

    /// <summary>Opens the merged structures of a run.</summary>
    /// <exception cref="UserException">The run is not merged, or was merged by a version that knew no blocks.</exception>
    public StructureBlocks(RunDirectory run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _path = Path.Combine(run.Merged, StructureProduct.FileName);
        string blocks = Path.Combine(run.Merged, FileName);
        if (!File.Exists(blocks))
            throw UserException.Unusable($"{blocks} is missing: run 'crystalhpc merge {run.Root}' again");
        _blocks = [.. Csv.Read<BlockRow>(blocks)];
        _table = new TablePart(_path, new TablePart(_path, []).Read(0, _blocks.Length > 0 ? _blocks[0].FirstByte : 0));
    }

    /// <summary>Number of blocks.</summary>
    public int Count => _blocks.Length;

    /// <summary>The structures of a block, in the order of the manifest.</summary>
    public IEnumerable<StructureRow> Read(int block) =>
        Csv.Read<StructureRow>(_table.Read(_blocks[block].FirstByte, _blocks[block].Bytes), _path);
}
