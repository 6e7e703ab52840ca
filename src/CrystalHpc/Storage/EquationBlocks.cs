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
    private readonly byte[] _header;

    /// <summary>Opens the merged equations of a run.</summary>
    /// <exception cref="UserException">They are missing: the run is not merged, or extracts no equations.</exception>
    public EquationBlocks(RunDirectory run)
    {
        _path = Path.Combine(run.Merged, "equations.csv");
        if (!File.Exists(_path))
            throw UserException.Unusable($"{_path} is missing: run 'crystalhpc merge {run.Root}' (a configuration without equations has none)");
        _blocks = [.. Csv.Read<BlockRow>(Path.Combine(run.Merged, "blocks.csv"))];
        _header = Range(0, _blocks.Length > 0 ? _blocks[0].FirstByte : new FileInfo(_path).Length);
    }

    /// <summary>Number of blocks.</summary>
    public int Count => _blocks.Length;

    /// <summary>The equations of one block, in the order of the manifest.</summary>
    public IReadOnlyList<SiteEquation> Read(int block)
    {
        byte[] rows = Range(_blocks[block].FirstByte, _blocks[block].Bytes, _header);
        return [.. EquationFile.Read(Csv.Read<BondRow>(rows, _path), _path)];
    }

    private byte[] Range(long start, long length, byte[]? before = null)
    {
        before ??= [];
        byte[] bytes = new byte[before.Length + length];
        before.CopyTo(bytes, 0);
        try
        {
            using FileStream file = File.OpenRead(_path);
            file.Position = start;
            file.ReadExactly(bytes, before.Length, (int)length);
        }
        catch (EndOfStreamException)
        {
            throw UserException.Unusable($"{_path} is shorter than blocks.csv says; run 'crystalhpc merge' again");
        }

        return bytes;
    }
}
