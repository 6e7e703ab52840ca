using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// The copies of one site in the cell. A site on a special position is first moved onto it exactly: to the mean of the copies that its
/// site-symmetry operations make of it, each taken in the periodic image nearest to the site. Its copies then coincide to rounding, so
/// that their number divides the order of the group whenever the operations form one (International Tables A, 1.4.4).
/// </summary>
public static class SiteOrbit
{
    // A position settles in one or two rounds; more are needed only when the operations are not a group.
    private const int MaximumRounds = 4;

    /// <summary>Appends the distinct copies, each wrapped into [0, 1), in the order of the operations that make them first.</summary>
    /// <param name="cell">Unit cell.</param>
    /// <param name="operations">Operations of the space group.</param>
    /// <param name="position">Position of the site as given.</param>
    /// <param name="toleranceAngstrom">Copies closer than this are the same atom, Å.</param>
    /// <param name="copies">Receives the copies.</param>
    public static void Append(
        UnitCell cell, IReadOnlyList<SymmetryOperation> operations, Fractional position, double toleranceAngstrom, List<Fractional> copies)
    {
        Fractional site = OntoSpecialPosition(cell, operations, position, toleranceAngstrom);
        int first = copies.Count;
        for (int operation = 0; operation < operations.Count; operation++)
        {
            Fractional copy = WrappedWithoutRounding(operations[operation].Apply(site));
            bool known = false;
            for (int i = first; i < copies.Count && !known; i++)
                known = DistanceSquared(cell, copies[i], copy) < toleranceAngstrom * toleranceAngstrom;
            if (!known)
                copies.Add(copy);
        }
    }

    /// <summary>The mean of the copies that lie on the site itself; the site as given when it is on a general position.</summary>
    public static Fractional OntoSpecialPosition(
        UnitCell cell, IReadOnlyList<SymmetryOperation> operations, Fractional position, double toleranceAngstrom)
    {
        int previous = 0;
        for (int round = 0; round < MaximumRounds; round++)
        {
            (int count, Fractional sum) = (0, default);
            for (int operation = 0; operation < operations.Count; operation++)
            {
                Fractional shift = (operations[operation].Apply(position) - position).Nearest();
                if (cell.ToCartesian(shift).LengthSquared < toleranceAngstrom * toleranceAngstrom)
                    (count, sum) = (count + 1, sum + shift);
            }

            if (count <= previous || count <= 1)
                break;
            previous = count;
            position += new Fractional(sum.X / count, sum.Y / count, sum.Z / count);
        }

        return position;
    }

    /// <summary>
    /// Squared distance of two positions that nearly coincide modulo the lattice, Å²; of distant ones, that of some image.
    /// </summary>
    public static double DistanceSquared(UnitCell cell, Fractional left, Fractional right) =>
        cell.ToCartesian((left - right).Nearest()).LengthSquared;

    // A zero that rounding made slightly negative is a zero, not an atom at the far side of the cell.
    private static Fractional WrappedWithoutRounding(Fractional p)
    {
        const double Rounding = 1e-12;
        Fractional wrapped = p.Wrapped();
        return new Fractional(
            wrapped.X > 1 - Rounding ? 0 : wrapped.X, wrapped.Y > 1 - Rounding ? 0 : wrapped.Y, wrapped.Z > 1 - Rounding ? 0 : wrapped.Z);
    }
}
