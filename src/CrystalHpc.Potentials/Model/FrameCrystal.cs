using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Model;

/// <summary>
/// A frame as a crystal in which neighbors can be looked for, whether it is a crystal, a slab, a wire or a cluster: along directions that
/// do not repeat the cell is made so long that images do not see one another.
/// </summary>
/// <param name="Structure">The atoms in a cell; their positions are wrapped into it.</param>
/// <param name="Basis">The vectors of that cell in the frame's own axes; those that repeat are the frame's.</param>
internal sealed record FrameCrystal(CrystalStructure Structure, Basis Basis)
{
    /// <summary>Takes up a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="cutoffAngstrom">How far neighbors will be looked for, A.</param>
    /// <param name="problem">Why it cannot be; null when it can.</param>
    public static FrameCrystal? TryCreate(AtomFrame frame, double cutoffAngstrom, out string? problem)
    {
        Basis basis = CellOf(frame, cutoffAngstrom), reciprocal = basis.Reciprocal;
        double[] cell = basis.LengthsAndAngles();
        if (!UnitCell.IsValid(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]))
        {
            problem = "its cell is too flat";
            return null;
        }

        var sites = new AtomSite[frame.AtomCount];
        for (int atom = 0; atom < sites.Length; atom++)
            sites[atom] = new AtomSite { Label = "", Element = frame.Species[atom], Position = reciprocal.Project(frame.PositionOf(atom)) };
        problem = null;
        return new FrameCrystal(
            CrystalStructure.Expand(new UnitCell(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]), [SymmetryOperation.Identity],
            sites), basis);
    }

    // The vectors that repeat, completed by directions at right angles to them that are long enough.
    private static Basis CellOf(AtomFrame frame, double cutoff)
    {
        Cartesian?[] vectors = frame.Cell is { } cell
            ? [frame.Periodicity.A ? cell.A : null, frame.Periodicity.B ? cell.B : null, frame.Periodicity.C ? cell.C : null]
            : [null, null, null];
        for (int axis = 0; axis < 3; axis++)
        {
            if (vectors[axis] is not null)
                continue;
            Cartesian direction = Perpendicular([.. vectors.OfType<Cartesian>()]);
            (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int atom = 0; atom < frame.AtomCount; atom++)
            {
                double place = Cartesian.Dot(direction, frame.PositionOf(atom));
                (low, high) = (Math.Min(low, place), Math.Max(high, place));
            }

            vectors[axis] = (high - low + 1.01 * cutoff + 1) * direction;
        }

        return new Basis(vectors[0]!.Value, vectors[1]!.Value, vectors[2]!.Value);
    }

    // A direction at right angles to at most two vectors.
    private static Cartesian Perpendicular(Cartesian[] vectors)
    {
        if (vectors.Length == 2)
            return Unit(Cartesian.Cross(vectors[0], vectors[1]));
        if (vectors.Length == 0)
            return new Cartesian(1, 0, 0);
        Cartesian v = vectors[0];
        Cartesian least = Math.Abs(v.X) <= Math.Abs(v.Y) && Math.Abs(v.X) <= Math.Abs(v.Z) ? new Cartesian(1, 0, 0)
            : Math.Abs(v.Y) <= Math.Abs(v.Z) ? new Cartesian(0, 1, 0) : new Cartesian(0, 0, 1);
        return Unit(Cartesian.Cross(v, least));
    }

    private static Cartesian Unit(Cartesian vector) => 1 / vector.Length * vector;
}
