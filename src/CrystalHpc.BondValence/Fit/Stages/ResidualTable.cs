using System.Text;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Fit;

/// <summary>Writes <c>residuals.csv</c>: ranks pack the rows of their blocks, rank 0 puts the blocks in order.</summary>
internal static class ResidualTable
{
    /// <summary>The rows of this rank's blocks: for each block its number, its length in bytes, and its rows with their header.</summary>
    public static byte[] Pack(
        int[] blocks, IReadOnlyList<SiteEquation>[] equations, EquationTable[] tables, IReadOnlyList<ShardResiduals> residuals)
    {
        using var packed = new MemoryStream();
        using var writer = new BinaryWriter(packed, Encoding.UTF8);
        for (int i = 0; i < blocks.Length; i++)
        {
            using var rows = new MemoryStream();
            Csv.Write(rows, Rows(equations[i], tables[i], residuals[i]));
            writer.Write(blocks[i]);
            writer.Write((int)rows.Length);
            writer.Write(rows.GetBuffer(), 0, (int)rows.Length);
        }

        return packed.ToArray();
    }

    /// <summary>Writes the table from what the ranks have packed.</summary>
    public static void Write(string path, IEnumerable<byte[]> packed) => WholeFile.Write(path, stream =>
    {
        bool isFirst = true;
        foreach ((_, ArraySegment<byte> rows) in packed.SelectMany(Unpack).OrderBy(block => block.Block))
        {
            int start = isFirst ? 0 : rows.AsSpan().IndexOf((byte)'\n') + 1;
            stream.Write(rows.AsSpan()[start..]);
            isFirst = false;
        }
    });

    private static IEnumerable<(int Block, ArraySegment<byte> Rows)> Unpack(byte[] packed)
    {
        for (int at = 0; at < packed.Length;)
        {
            int block = BitConverter.ToInt32(packed, at);
            int length = BitConverter.ToInt32(packed, at + 4);
            yield return (block, new ArraySegment<byte>(packed, at + 8, length));
            at += 8 + length;
        }
    }

    // The table of the fit is sorted for speed; people read the order of the manifest.
    private static IEnumerable<ResidualRow> Rows(IReadOnlyList<SiteEquation> equations, EquationTable table, ShardResiduals residuals)
    {
        var rowOf = new Dictionary<(string, int), int>(table.EquationCount);
        for (int row = 0; row < table.EquationCount; row++)
            rowOf[(table.Identities[row].StructureId, table.Identities[row].SiteIndex)] = row;
        foreach (SiteEquation equation in equations.Where(equation => equation.IsCation))
        {
            int row = rowOf[(equation.StructureId, equation.SiteIndex)];
            double valence = residuals.CalculatedValences[row];
            yield return new ResidualRow(
                equation.StructureId,
                equation.SiteIndex,
                equation.SiteLabel,
                equation.Center.Element.Symbol,
                equation.Center.Charge,
                equation.Bonds.Count,
                valence,
                valence - equation.Center.Charge,
                table.Weights[row],
                residuals.IsGated[row] ? "gated" : "fitted");
        }
    }
}
