using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Writes <c>input.data</c> of n2p2 and RuNNer in the units that the caller states.</summary>
/// <param name="output">Where to.</param>
/// <param name="units">Units of length and energy.</param>
public sealed class N2p2Writer(TextWriter output, FrameUnits units) : IFrameWriter
{
    /// <inheritdoc/>
    public bool Write(AtomFrame frame, ICollection<Finding> findings)
    {
        if (LeftOut.HasPartialOccupancy(frame, findings))
            return false;
        if (ReasonAgainst(frame) is { } reason)
        {
            findings.Add(new Finding(StructureFileFindings.NotWritten, reason));
            return false;
        }

        LeftOut.Report(frame, FrameParts.Stress, findings, "comment", "total_charge", "charges", "energies");
        output.Write("begin\n");
        if (frame.Property("comment") is { } comment)
            output.Write($"comment {FrameText.OneLine(comment)}\n");
        WriteCell(frame.Cell);
        WriteAtoms(frame);
        output.Write("energy");
        FrameText.WriteVector(output, [frame.EnergyElectronVolt!.Value], units.EnergyElectronVolt);
        output.Write($"\ncharge {frame.Property("total_charge") ?? "0"}\nend\n");
        return true;
    }

    // Its lines have no way to leave a value out, and zeros would be learned.
    private static string? ReasonAgainst(AtomFrame frame)
    {
        if (frame.EnergyElectronVolt is null || frame.ForcesElectronVoltPerAngstrom is null)
            return "energy or forces are missing, and the format cannot leave them out";
        bool fits = frame.Periodicity == Periodicity.Crystal || (frame.Periodicity == Periodicity.Cluster && frame.Cell is null);
        if (!fits)
            return $"the format knows crystals and clusters without a cell, not the periodicity {frame.Periodicity} with a cell";
        bool isNumber = double.TryParse(frame.Property("total_charge") ?? "0", NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return isNumber ? null : "total_charge is not a number";
    }

    private void WriteCell(Basis? vectors)
    {
        if (vectors is not { } cell)
            return;
        foreach (Cartesian axis in (ReadOnlySpan<Cartesian>)[cell.A, cell.B, cell.C])
        {
            output.Write("lattice");
            FrameText.WriteVector(output, [axis.X, axis.Y, axis.Z], units.LengthAngstrom);
            output.Write('\n');
        }
    }

    private void WriteAtoms(AtomFrame frame)
    {
        double[]? charges = frame.Array<double>("charges")?.Values, energies = frame.Array<double>("energies")?.Values;
        for (int atom = 0; atom < frame.AtomCount; atom++)
        {
            output.Write("atom");
            FrameText.WriteVector(output, FrameText.Row(frame.PositionsAngstrom, atom), units.LengthAngstrom);
            output.Write($" {frame.Species[atom].Symbol}");
            FrameText.WriteVector(output, [charges?[atom] ?? 0]);
            FrameText.WriteVector(output, [energies?[atom] ?? 0], units.EnergyElectronVolt);
            FrameText.WriteVector(output, FrameText.Row(frame.ForcesElectronVoltPerAngstrom!, atom), units.ForceElectronVoltPerAngstrom);
            output.Write('\n');
        }
    }
}
