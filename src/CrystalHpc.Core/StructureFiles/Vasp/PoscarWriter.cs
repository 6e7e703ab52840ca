using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// Writes a POSCAR file of VASP 5: one crystal in Å with Cartesian positions, in the order of the frame, so that its numbers stay.
/// </summary>
/// <param name="output">Where to.</param>
public sealed class PoscarWriter(TextWriter output) : IFrameWriter
{
    private bool _isWritten;

    /// <inheritdoc/>
    public bool Write(AtomFrame frame, ICollection<Finding> findings)
    {
        if (LeftOut.HasPartialOccupancy(frame, findings))
            return false;
        if (_isWritten || frame.Cell is null)
        {
            findings.Add(new Finding(StructureFileFindings.NotWritten, _isWritten ? "a POSCAR file holds one frame"
                : "a POSCAR file needs a cell"));
            return false;
        }

        _isWritten = true;
        LeftOut.Report(frame, FrameParts.Periodicity | FrameParts.Energy | FrameParts.Forces | FrameParts.Stress, findings, "comment",
            "move_mask");
        WriteHead(frame, frame.Cell.Value);
        bool[]? mayMove = Mask(frame);
        output.Write(mayMove is null ? "Cartesian\n" : "Selective dynamics\nCartesian\n");
        for (int atom = 0; atom < frame.AtomCount; atom++)
        {
            FrameText.WriteVector(output, FrameText.Row(frame.PositionsAngstrom, atom));
            for (int k = 0; k < 3 && mayMove is not null; k++)
                output.Write(mayMove[3 * atom + k] ? " T" : " F");
            output.Write('\n');
        }

        return true;
    }

    private void WriteHead(AtomFrame frame, Basis cell)
    {
        output.Write($"{FrameText.OneLine(frame.Property("comment") ?? "")}\n1\n");
        foreach (Cartesian axis in (ReadOnlySpan<Cartesian>)[cell.A, cell.B, cell.C])
        {
            FrameText.WriteVector(output, [axis.X, axis.Y, axis.Z]);
            output.Write('\n');
        }

        // Atoms are not sorted: an element that comes again is listed again.
        var runs = new List<(string Symbol, int Count)>();
        foreach (string symbol in frame.Species.Select(element => element.Symbol))
        {
            if (runs.Count > 0 && runs[^1].Symbol == symbol)
                runs[^1] = (symbol, runs[^1].Count + 1);
            else
                runs.Add((symbol, 1));
        }

        output.Write($"{string.Join(' ', runs.Select(run => run.Symbol))}\n{string.Join(' ', runs.Select(run => run.Count))}\n");
    }

    // One flag for an atom, as ASE writes them, holds for its three coordinates.
    private static bool[]? Mask(AtomFrame frame) => frame.Array<bool>("move_mask") switch
    {
        { Width: 3 } mask => mask.Values,
        { Width: 1 } mask => [.. mask.Values.SelectMany(value => Enumerable.Repeat(value, 3))],
        _ => null,
    };
}
