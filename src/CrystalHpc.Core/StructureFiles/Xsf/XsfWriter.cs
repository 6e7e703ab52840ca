using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// Writes an XSF file for aenet: one frame in Å, the energy in eV in a comment, forces in eV/Å (XCrySDen itself has hartree/Å).
/// </summary>
/// <param name="output">Where to.</param>
public sealed class XsfWriter(TextWriter output) : IFrameWriter
{
    private bool _isWritten;

    /// <inheritdoc/>
    public bool Write(AtomFrame frame, ICollection<Finding> findings)
    {
        if (LeftOut.HasPartialOccupancy(frame, findings))
            return false;
        string? system = SystemOf(frame);
        if (_isWritten || system is null)
        {
            findings.Add(new Finding(StructureFileFindings.NotWritten, _isWritten
                ? "an XSF file holds one frame"
                : $"XSF knows no structure with the periodicity {frame.Periodicity}"));
            return false;
        }

        _isWritten = true;
        LeftOut.Report(frame, FrameParts.Stress, findings, "comment");
        WriteHead(frame, system);
        for (int atom = 0; atom < frame.AtomCount; atom++)
        {
            output.Write(frame.Species[atom].Symbol);
            FrameText.WriteVector(output, FrameText.Row(frame.PositionsAngstrom, atom));
            if (frame.ForcesElectronVoltPerAngstrom is { } forces)
                FrameText.WriteVector(output, FrameText.Row(forces, atom));
            output.Write('\n');
        }

        return true;
    }

    private static string? SystemOf(AtomFrame frame) => frame.Periodicity switch
    {
        (true, true, true) => "CRYSTAL",
        (true, true, false) => "SLAB",
        (true, false, false) => "POLYMER",
        (false, false, false) => frame.Cell is null ? "ATOMS" : "MOLECULE",
        _ => null,
    };

    private void WriteHead(AtomFrame frame, string system)
    {
        if (frame.EnergyElectronVolt is { } energy)
        {
            output.Write("# total energy = ");
            NumberText.Write(output, energy);
            output.Write(" eV\n\n");
        }

        if (frame.Property("comment") is { } comment)
            output.Write($"# comment: {FrameText.OneLine(comment)}\n");
        output.Write($"{system}\n");
        if (frame.Cell is not { } cell)
            return;
        output.Write("PRIMVEC\n");
        foreach (Cartesian axis in (ReadOnlySpan<Cartesian>)[cell.A, cell.B, cell.C])
        {
            FrameText.WriteVector(output, [axis.X, axis.Y, axis.Z]);
            output.Write('\n');
        }

        output.Write($"PRIMCOORD\n{frame.AtomCount} 1\n");
    }
}
