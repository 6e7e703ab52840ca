using System.Buffers;
using CrystalHpc.Core.Cif;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>Writes what was read.</summary>
internal static class CifCopying
{
    public static ReadOnlyMemory<byte> Copy(CifDocument document)
    {
        ArrayBufferWriter<byte> output = new();
        CifWriter writer = new(output);
        foreach (CifBlock block in document.Blocks)
        {
            writer.Block(block.Name);
            CopyContent(block, writer);
        }

        return output.WrittenMemory;
    }

    private static void CopyContent(CifBlock block, CifWriter writer)
    {
        List<(string Tag, CifColumn Column)> loop = [];
        foreach (string tag in block.Tags.Where(tag => tag.Length > 1))
        {
            block.TryGetColumn(tag, out CifColumn column);
            if (loop.Count > 0 && loop[0].Column.LoopIndex != column.LoopIndex)
                EndLoop(loop, writer);
            if (column.LoopIndex < 0)
                writer.Item(tag, Field(column[0]));
            else
                loop.Add((tag, column));
        }

        if (loop.Count > 0)
            EndLoop(loop, writer);
    }

    private static void EndLoop(List<(string Tag, CifColumn Column)> loop, CifWriter writer)
    {
        IEnumerable<CifField[]> rows = Enumerable.Range(0, loop[0].Column.Count)
            .Select(row => loop.Select(column => Field(column.Column[row])).ToArray());
        writer.Loop([.. loop.Select(column => column.Tag)], rows);
        loop.Clear();
    }

    private static CifField Field(CifValue value)
    {
        if (!value.IsMissing)
            return CifField.Text(value.Text);
        return value.Text == "." ? CifField.Inapplicable : CifField.Unknown;
    }
}
