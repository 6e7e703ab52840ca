using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Model;

/// <summary>Linear maps of a structure: strains, scalings, rotations.</summary>
internal static class FrameMap
{
    /// <summary>Maps the positions of all atoms and the cell vectors, A.</summary>
    public static AtomFrame Map(this AtomFrame frame, Func<Cartesian, Cartesian> map)
    {
        var positions = new double[3 * frame.AtomCount];
        for (int atom = 0; atom < frame.AtomCount; atom++)
        {
            Cartesian place = map(frame.PositionOf(atom));
            (positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2]) = (place.X, place.Y, place.Z);
        }

        return frame with { PositionsAngstrom = positions, Cell = frame.Cell is { } cell ? new Basis(map(cell.A), map(cell.B), map(cell.C))
            : null };
    }
}
