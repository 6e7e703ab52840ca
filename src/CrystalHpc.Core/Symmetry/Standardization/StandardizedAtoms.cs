using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>The atoms of the primitive cell in the conventional cell, each exactly on its Wyckoff position.</summary>
/// <param name="basis">The conventional basis, of the symmetry of the group.</param>
/// <param name="positions">Positions of the atoms of the primitive cell, fractions of the conventional one.</param>
/// <param name="wyckoff">Their Wyckoff positions.</param>
internal sealed class StandardizedAtoms(Basis basis, Fractional[] positions, WyckoffPosition[] wyckoff)
{
    /// <summary>The conventional basis.</summary>
    public Basis Basis => basis;

    /// <summary>The Wyckoff position of an atom of the primitive cell.</summary>
    public WyckoffPosition PositionOf(int atom) => wyckoff[atom];

    /// <summary>The place of an atom of the primitive cell, fractions of the conventional one.</summary>
    public Fractional PlaceOf(int atom) => positions[atom];

    /// <summary>All atoms of the conventional cell: those of the primitive cell in their order, each at every centering.</summary>
    public AtomicCell ToConventional(ReadOnlySpan<Fractional> centerings, ReadOnlySpan<int> kinds)
    {
        var all = new Fractional[positions.Length * centerings.Length];
        var allKinds = new int[all.Length];
        for (int atom = 0; atom < positions.Length; atom++)
        {
            for (int i = 0; i < centerings.Length; i++)
            {
                int place = atom * centerings.Length + i;
                (all[place], allKinds[place]) = (Tidy((positions[atom] + centerings[i]).Wrapped()), kinds[atom]);
            }
        }

        return new AtomicCell(basis, all, allKinds);
    }

    // Rounding leaves special coordinates off by a few units of the last place; 0.99999... is 0.
    private static Fractional Tidy(Fractional f) => new Fractional(Tidy(f.X), Tidy(f.Y), Tidy(f.Z)).Wrapped();

    private static double Tidy(double fraction)
    {
        double nearest = Math.Round(fraction * 24) / 24;
        return Math.Abs(fraction - nearest) < 1e-12 ? nearest : fraction;
    }
}
