using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Frames as plain cells of atoms, for symmetry and matching.</summary>
public static class FrameAtoms
{
    /// <summary>
    /// The atoms of one cell. Atoms are of one kind when element and occupancy (to 0.01) agree. Null when the frame has no cell or is not
    /// periodic along all its vectors.
    /// </summary>
    public static AtomicCell? ToAtomicCell(this AtomFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Cell is not { } cell || frame.Periodicity != Periodicity.Crystal)
            return null;
        Basis reciprocal = cell.Reciprocal;
        double[]? occupancy = frame.Array<double>("occupancy")?.Values;
        var positions = new Fractional[frame.AtomCount];
        int[] kinds = new int[frame.AtomCount];
        for (int atom = 0; atom < positions.Length; atom++)
        {
            positions[atom] = reciprocal.Project(frame.PositionOf(atom));
            int percent = (int)Math.Round(100 * Math.Clamp(occupancy?[atom] ?? 1, 0, 10));
            kinds[atom] = frame.Species[atom].AtomicNumber * 1001 + percent;
        }

        return new AtomicCell(cell, positions, kinds);
    }
}
