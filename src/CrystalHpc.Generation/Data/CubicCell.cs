using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Generation.Data;

/// <summary>The atoms of a cubic cell.</summary>
/// <param name="EdgeAngstrom">Edge of the cell, A.</param>
/// <param name="Elements">Element of each atom.</param>
/// <param name="Positions">Position of each atom in fractions of the edge, in [0, 1).</param>
public sealed record CubicCell(double EdgeAngstrom, Element[] Elements, Fractional[] Positions)
{
    /// <summary>Atoms that a cell may hold: more are beyond what the grid resolves.</summary>
    public const int MostAtoms = 40;

    /// <summary>Two atoms that are closer than this share a place, A.</summary>
    public const double OverlapAngstrom = 0.5;

    private static readonly SymmetryTolerance Standard = new(0.1, 5);

    /// <summary>Number of atoms.</summary>
    public int Count => Elements.Length;

    /// <summary>The distance of two atoms, nearest images, A.</summary>
    public double Distance(int first, int second) => EdgeAngstrom * Length((Positions[first] - Positions[second]).Nearest());

    /// <summary>The least distance of two atoms, A; infinite when there is one atom.</summary>
    public double LeastDistance()
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < i; j++)
                least = Math.Min(least, Distance(i, j));
        }

        return least;
    }

    /// <summary>The same crystal as a structure without symmetry.</summary>
    public CrystalStructure ToStructure() => CrystalStructure.Expand(
        new UnitCell(EdgeAngstrom, EdgeAngstrom, EdgeAngstrom, 90, 90, 90), [SymmetryOperation.Identity],
        [.. Elements.Select((element, atom) => new AtomSite { Label = element.Symbol, Element = element, Position = Positions[atom] })]);

    /// <summary>The same atoms as plain data; kinds are atomic numbers.</summary>
    public AtomicCell ToAtomicCell() => new(
        new Basis(new Cartesian(EdgeAngstrom, 0, 0), new Cartesian(0, EdgeAngstrom, 0), new Cartesian(0, 0, EdgeAngstrom)),
        Positions, [.. Elements.Select(element => (int)element.AtomicNumber)]);

    /// <summary>
    /// The cubic cell of a structure: as it is given when cubic; from primitive cells of cubic lattices with the same origin; else the
    /// standard cell of its symmetry within 0.1 A.
    /// </summary>
    /// <param name="structure">The structure.</param>
    /// <param name="problem">Why there is none.</param>
    public static CubicCell? TryCreate(CrystalStructure structure, out Finding? problem)
    {
        ArgumentNullException.ThrowIfNull(structure);
        problem = null;
        if (structure.Sites.FirstOrDefault(site => Math.Abs(site.Occupancy - 1) > 1e-3) is { } disordered)
            problem = new Finding(VoxelFindings.Disordered, $"the site {disordered.Label} is partly occupied");
        else if ((Direct(structure) ?? Standardized(structure)) is not { } cell)
            problem = new Finding(VoxelFindings.NotCubic, "neither the given nor the standard cell is cubic");
        else if (cell.Count > MostAtoms)
            problem = new Finding(VoxelFindings.TooLarge, FormattableString.Invariant($"the cubic cell holds {cell.Count} atoms"));
        else if (cell.LeastDistance() is < OverlapAngstrom and double least)
            problem = new Finding(VoxelFindings.Overlap, FormattableString.Invariant($"two atoms are {least:F3} A apart"));
        else
            return cell;
        return null;
    }

    private static CubicCell? Direct(CrystalStructure structure)
    {
        UnitCell cell = structure.Cell;
        if (!IsNear(cell.A, cell.B) || !IsNear(cell.A, cell.C) || !IsNear(cell.Alpha, cell.Beta) || !IsNear(cell.Alpha, cell.Gamma))
            return null;
        Element[] elements = [.. structure.SiteOfAtom.ToArray().Select(site => structure.Sites[site].Element)];
        Fractional[] given = structure.Positions.ToArray();
        if (IsNear(cell.Alpha, 90))
            return new CubicCell(cell.A, elements, given);
        if (IsNear(cell.Alpha, 60))
        {
            return Centered(cell.A * Math.Sqrt(2), elements, given, f => new((f.Y + f.Z) / 2, (f.X + f.Z) / 2, (f.X + f.Y) / 2),
                [default, new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0)]);
        }

        // The angle between half diagonals of a cube: arccos(-1/3).
        return IsNear(cell.Alpha, 109.4712206)
            ? Centered(2 * cell.A / Math.Sqrt(3), elements, given, f => new((f.Y + f.Z - f.X) / 2, (f.X + f.Z - f.Y) / 2,
                (f.X + f.Y - f.Z) / 2),
                [default, new(0.5, 0.5, 0.5)])
            : null;
    }

    private static CubicCell Centered(
        double edge, Element[] elements, Fractional[] primitive, Func<Fractional, Fractional> toCubic, Fractional[] centerings) => new(
        edge, [.. elements.SelectMany(element => Enumerable.Repeat(element, centerings.Length))],
        [.. primitive.SelectMany(f => centerings.Select(centering => (toCubic(f) + centering).Wrapped()))]);

    private static CubicCell? Standardized(CrystalStructure structure)
    {
        if (new SymmetryFinder().Find(structure, Standard) is not { Number: >= FirstCubicGroup } symmetry)
            return null;
        AtomicCell atoms = symmetry.Standardize();
        // A kind names the element: the first atom of the kind in the given cell has it.
        int[] kinds = AtomicCell.Of(structure).Kinds.ToArray();
        return new CubicCell(
            atoms.Basis.A.Length, [.. atoms.Kinds.ToArray().Select(kind => structure.SiteAt(Array.IndexOf(kinds, kind)).Element)],
            atoms.Positions.ToArray());
    }

    /// <summary>Number of the first cubic space group.</summary>
    internal const int FirstCubicGroup = 195;

    private static bool IsNear(double first, double second) => Math.Abs(first - second) < 1e-3;

    private static double Length(Fractional f) => Math.Sqrt(f.X * f.X + f.Y * f.Y + f.Z * f.Z);
}
