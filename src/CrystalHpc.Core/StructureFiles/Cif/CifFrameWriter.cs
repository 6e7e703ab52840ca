using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Writes frames as CIF data blocks in P1: cell, elements, fractional positions, occupancies, oxidation states.</summary>
/// <param name="output">Where to.</param>
public sealed class CifFrameWriter(TextWriter output) : IFrameWriter
{
    private int _blocks;

    /// <inheritdoc/>
    public bool Write(AtomFrame frame, ICollection<Finding> findings)
    {
        if (frame.Cell is not { } vectors || !TryCell(vectors, out UnitCell? cell))
        {
            findings.Add(new Finding(StructureFileFindings.NotWritten, "a CIF file needs a cell"));
            return false;
        }

        LeftOut.Report(frame, FrameParts.Periodicity | FrameParts.Energy | FrameParts.Forces | FrameParts.Stress, findings, "structure_id",
            "occupancy", "oxidation");
        _blocks++;
        double[]? occupancy = frame.Array<double>("occupancy")?.Values, oxidation = frame.Array<double>("oxidation")?.Values;
        // Lengths and angles know no hand: the axes of a left-handed cell are turned round, and positions with them.
        int hand = vectors.Volume < 0 ? -1 : 1;
        var sites = new AtomSite[frame.AtomCount];
        for (int atom = 0; atom < sites.Length; atom++)
        {
            Fractional f = vectors.ToFractional(frame.PositionOf(atom));
            sites[atom] = new AtomSite
            {
                Label = string.Create(CultureInfo.InvariantCulture, $"{frame.Species[atom].Symbol}{atom + 1}"),
                    Element = frame.Species[atom],
                Position = new Fractional(hand * f.X, hand * f.Y, hand * f.Z), Occupancy = occupancy?[atom] ?? 1, Charge = oxidation?[atom],
            };
        }

        var buffer = new ArrayBufferWriter<byte>();
        StructureCif.Write(new CifWriter(buffer), cell, [SymmetryOperation.Identity], sites,
            new StructureMetadata { BlockName = BlockName(frame), SpaceGroup = "P 1", SpaceGroupNumber = 1 });
        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        return true;
    }

    private static bool TryCell(Basis vectors, [NotNullWhen(true)] out UnitCell? cell)
    {
        (double a, double b, double c, double alpha, double beta, double gamma) = vectors.Parameters();
        cell = UnitCell.IsValid(a, b, c, alpha, beta, gamma) ? new UnitCell(a, b, c, alpha, beta, gamma) : null;
        return cell is not null;
    }

    private string BlockName(AtomFrame frame)
    {
        string name = string.Concat((frame.Property("structure_id") ?? "")
            .Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'));
        return name.Length is > 0 and < 70 ? name : string.Create(CultureInfo.InvariantCulture, $"frame_{_blocks}");
    }
}
