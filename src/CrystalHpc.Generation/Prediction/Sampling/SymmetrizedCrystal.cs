using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>A decoded cell with the symmetry that it has within a tolerance: standard cell, operations, symmetry-distinct sites.</summary>
internal static class SymmetrizedCrystal
{
    private const double SameAngstrom = 0.01;

    /// <summary>The crystal; null when no symmetry can be found or it does not make up the cell.</summary>
    public static (CrystalStructure Structure, int Group)? Of(CubicCell cell, SymmetryTolerance tolerance)
    {
        if (new SymmetryFinder().Find(cell.ToAtomicCell(), tolerance) is not { } symmetry)
            return null;
        AtomicCell atoms = symmetry.Standardize();
        (double a, double b, double c, double alpha, double beta, double gamma) = Lengths(atoms.Basis);
        if (!UnitCell.IsValid(a, b, c, alpha, beta, gamma))
            return null;
        var unit = new UnitCell(a, b, c, alpha, beta, gamma);
        var sites = new List<AtomSite>();
        bool[] isCovered = new bool[atoms.Count];
        for (int atom = 0; atom < atoms.Count; atom++)
        {
            if (isCovered[atom])
                continue;
            var element = new Element((byte)atoms.Kinds[atom]);
            int number = 1 + sites.Count(site => site.Element == element);
            var site = new AtomSite
            {
                Label = FormattableString.Invariant($"{element.Symbol}{number}"), Element = element, Position = atoms.Positions[atom].Wrapped(),
            };
            sites.Add(site);
            CrystalStructure orbit = CrystalStructure.Expand(unit, symmetry.Group.Operations, [site], mergeToleranceAngstrom: SameAngstrom);
            for (int other = atom; other < atoms.Count; other++)
                isCovered[other] |= atoms.Kinds[other] == atoms.Kinds[atom] && IsAmong(atoms.Positions[other], orbit);
        }

        var structure = CrystalStructure.Expand(unit, symmetry.Group.Operations, sites, new StructureMetadata
        {
            SpaceGroup = symmetry.Group.HermannMauguin, HallSymbol = symmetry.Group.HallSymbol, SpaceGroupNumber = symmetry.Number,
        }, SameAngstrom);
        return structure.AtomCount == atoms.Count ? (structure, symmetry.Number) : null;
    }

    private static bool IsAmong(Fractional position, CrystalStructure orbit)
    {
        foreach (Fractional place in orbit.Positions)
        {
            if (Math.Sqrt(orbit.Cell.ToCartesian((place - position).Nearest()).LengthSquared) < SameAngstrom)
                return true;
        }

        return false;
    }

    private static (double, double, double, double, double, double) Lengths(Basis basis) =>
        basis.LengthsAndAngles() is [double a, double b, double c, double alpha, double beta, double gamma] ? (a, b, c, alpha, beta, gamma) : default;
}
