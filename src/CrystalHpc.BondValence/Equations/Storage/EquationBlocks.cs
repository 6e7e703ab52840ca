using System.Security.Cryptography;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Equations;

/// <summary>
/// Reads parts of <c>merged/equations.csv</c>: one block for each shard it was merged from, so that a rank reads only its own.
/// </summary>
internal sealed class EquationBlocks
{
    /// <summary>The merged equations.</summary>
    public const string TableName = "equations.csv";

    /// <summary>Where the rows of each shard lie in them, and their digests.</summary>
    public const string BlockTableName = "blocks.csv";

    private readonly string _path;
    private readonly BlockRow[] _blocks;
    private readonly TablePart _table;

    /// <summary>Opens the merged equations of a run.</summary>
    /// <exception cref="UserException">They are missing: the run is not merged, or extracts no equations.</exception>
    public EquationBlocks(RunDirectory run)
    {
        _path = Path.Combine(run.Merged, TableName);
        if (!File.Exists(_path))
            throw UserException.Unusable(
                $"{_path} is missing: run 'crystalhpc merge {run.Root}' (a configuration without equations has none)");
        _blocks = [.. Csv.Read<BlockRow>(Path.Combine(run.Merged, BlockTableName))];
        _table = new TablePart(_path, new TablePart(_path, []).Read(0, _blocks.Length > 0 ? _blocks[0].FirstByte : 0));
    }

    /// <summary>Length of the merged equations of a run; 0 where there are none.</summary>
    public static long BytesIn(RunDirectory run)
        => Path.Combine(run.Merged, TableName) is var path && File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>Number of blocks.</summary>
    public int Count => _blocks.Length;

    /// <summary>The equations of one block, in the order of the manifest.</summary>
    /// <exception cref="UserException">The block is not what was merged.</exception>
    public IReadOnlyList<SiteEquation> Read(int block)
    {
        byte[] bytes = _table.Read(_blocks[block].FirstByte, _blocks[block].Bytes);
        string digest = Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(_table.HeaderBytes)));
        return digest == _blocks[block].Sha256
            ? [.. EquationFile.Read(Csv.Read<BondRow>(bytes, _path), _path)]
            : throw UserException.Unusable($"{_path} is damaged or does not belong to blocks.csv; run 'crystalhpc merge' again");
    }
}
