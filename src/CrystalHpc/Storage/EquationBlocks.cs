using System.Security.Cryptography;
using CrystalHpc.Core.Equations;
using CrystalHpc.Jobs;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Storage;

/// <summary>
/// Reads parts of <c>merged/equations.csv</c>: one block for each shard it was merged from, so that a rank reads only its own.
/// </summary>
internal sealed class EquationBlocks
{
    private readonly string _path;
    private readonly BlockRow[] _blocks;
    private readonly TablePart _table;

    /// <summary>Opens the merged equations of a run.</summary>
    /// <exception cref="UserException">They are missing: the run is not merged, or extracts no equations.</exception>
    public EquationBlocks(RunDirectory run)
    {
        _path = Path.Combine(run.Merged, "equations.csv");
        if (!File.Exists(_path))
            throw UserException.Unusable($"{_path} is missing: run 'crystalhpc merge {run.Root}' (a configuration without equations has none)");
        _blocks = [.. Csv.Read<BlockRow>(Path.Combine(run.Merged, "blocks.csv"))];
        _table = new TablePart(_path, new TablePart(_path, []).Read(0, _blocks.Length > 0 ? _blocks[0].FirstByte : 0));
    }

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
