using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>The primitive cell of a crystal, exactly as symmetric as the crystal nearly is, elements one after another.</summary>
internal static class PrimitiveCell
{
    /// <summary>Within this, A, symmetry is taken for exact.</summary>
    public const double SymmetryToleranceAngstrom = 0.01;

    /// <summary>The cell; null where the structure is no crystal, or atoms share a place.</summary>
    public static AtomFrame? Of(AtomFrame frame)
    {
        if (FrameSymmetry.Find(frame, SymmetryToleranceAngstrom) is not { } found)
            return null;
        AtomicCell cell = found.Symmetry.Primitive;
        if (new SymmetryFinder().Find(cell, new SymmetryTolerance(SymmetryToleranceAngstrom)) is { } symmetry)
            cell = symmetry.Symmetrize(cell);
        int[] kinds = [.. frame.Species.Select(element => (int)element.AtomicNumber)];
        int[] order = [.. Enumerable.Range(0, cell.Count).OrderBy(atom => Array.IndexOf(kinds, KindOf(cell, atom)))];
        return new AtomFrame
        {
            Species = [.. order.Select(atom => new Element((byte)KindOf(cell, atom)))],
            PositionsAngstrom = [.. order.SelectMany(atom => PlaceOf(cell, atom) is var p ? (double[])[p.X, p.Y, p.Z] : [])],
            Cell = cell.Basis, Periodicity = Periodicity.Crystal,
        };
    }

    private static int KindOf(AtomicCell cell, int atom) => cell.Kinds[atom];

    private static Cartesian PlaceOf(AtomicCell cell, int atom) => cell.Basis.ToCartesian(cell.Positions[atom].Wrapped());
}
