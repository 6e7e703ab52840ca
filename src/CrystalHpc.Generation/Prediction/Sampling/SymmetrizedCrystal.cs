using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>A crystal with the symmetry that it has within a tolerance: standard cell, operations, symmetry-distinct sites.</summary>
/// <param name="Structure">The crystal.</param>
/// <param name="Group">Number of its space group.</param>
/// <param name="ToleranceAngstrom">The tolerance, A.</param>
/// <param name="MovedAngstrom">How far the atom that moved farthest was moved onto its symmetry, A.</param>
public sealed record SymmetrizedCrystal(CrystalStructure Structure, int Group, double ToleranceAngstrom, double MovedAngstrom)
{
    private const double SameAngstrom = 0.01;

    /// <summary>The crystal by the first of several tolerances that gives a symmetry; without any symmetry where none does.</summary>
    /// <param name="cell">The atoms; kinds are atomic numbers.</param>
    /// <param name="tolerances">Tolerances, ascending, A.</param>
    /// <returns>Null when two atoms of a kind share a place, or no symmetry that is found makes up the cell.</returns>
    public static SymmetrizedCrystal? Of(AtomicCell cell, IReadOnlyList<double> tolerances)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(tolerances);
        SymmetrizedCrystal? none = null;
        foreach (double tolerance in tolerances)
        {
            if (Of(cell, tolerance) is not { } crystal)
                continue;
            if (crystal.Group > 1)
                return crystal;
            none ??= crystal;
        }

        return none;
    }

    private static SymmetrizedCrystal? Of(AtomicCell cell, double tolerance)
    {
        if (new SymmetryFinder().Find(cell, new SymmetryTolerance(tolerance)) is not { } symmetry)
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
                Label = FormattableString.Invariant($"{element.Symbol}{number}"), Element = element,
                    Position = atoms.Positions[atom].Wrapped(),
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
        return structure.AtomCount == atoms.Count
            ? new SymmetrizedCrystal(structure, symmetry.Number, tolerance, Moved(cell, symmetry.Symmetrize(cell))) : null;
    }

    private static double Moved(AtomicCell given, AtomicCell symmetric)
    {
        double most = 0;
        for (int atom = 0; atom < given.Count; atom++)
            most = Math.Max(most, given.Basis.ToCartesian(symmetric.Positions[atom] - given.Positions[atom]).Length);
        return most;
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
        basis.LengthsAndAngles() is [double a, double b, double c, double alpha, double beta, double gamma]
            ? (a, b, c, alpha, beta, gamma) : default;
}
