using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Symmetry;

/// <summary>The operations of a group on the axes and origin of the given cell.</summary>
internal static class GivenOperations
{
    private const double Rounding = 1e-3;

    /// <summary>
    /// The operations of the setting seen from the given cell, with all lattice points that this has; null when they are no integer
    /// matrices there, or their translations no multiples of 1/24.
    /// </summary>
    /// <param name="setting">The group in the standard setting.</param>
    /// <param name="toStandard">From the given cell to the standard one.</param>
    public static SymmetryOperation[]? Find(SpaceGroup setting, CellChange toStandard)
    {
        CellChange back = toStandard.Inverse();
        var generators = new List<SymmetryOperation>(setting.Operations.Count + 3);
        foreach (SymmetryOperation operation in setting.Operations)
        {
            Fractional t = Moved(default);
            Fractional a = Moved(new Fractional(1, 0, 0)) - t, b = Moved(new Fractional(0, 1, 0)) - t,
                c = Moved(new Fractional(0, 0, 1)) - t;
            if (Off(a) + Off(b) + Off(c) > Rounding)
                return null;
            generators.Add(new SymmetryOperation(
                Whole(a.X), Whole(b.X), Whole(c.X), Whole(a.Y), Whole(b.Y), Whole(c.Y), Whole(a.Z), Whole(b.Z), Whole(c.Z), t.X, t.Y, t.Z));

            Fractional Moved(Fractional f) => back.Apply(operation.Apply(toStandard.Apply(f)));
        }

        // Lattice vectors of the standard cell are centerings of a larger one.
        foreach (Fractional axis in (ReadOnlySpan<Fractional>)[new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)])
        {
            Fractional t = back.Apply(axis) - back.Shift;
            generators.Add(SymmetryOperation.Identity with { T1 = t.X, T2 = t.Y, T3 = t.Z });
        }

        return OperationGroup.Generate(generators);
    }

    private static int Whole(double value) => (int)Math.Round(value);

    private static double Off(Fractional f)
    {
        Fractional off = f.Nearest();
        return Math.Abs(off.X) + Math.Abs(off.Y) + Math.Abs(off.Z);
    }
}
