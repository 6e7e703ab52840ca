using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Tests.Core.Neighbors;

/// <summary>Crystals for the tests of neighbors and coordination: textbook structures and random ones.</summary>
internal static class TestCrystals
{
    private static readonly (double X, double Y, double Z)[] FaceCentring = [(0, 0, 0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0)];

    /// <summary>A structure from all atoms of one cell, without symmetry.</summary>
    public static CrystalStructure Of(UnitCell cell, params (string Element, double? Charge, double X, double Y, double Z)[] atoms) =>
        CrystalStructure.Expand(cell, [SymmetryOperation.Identity], [.. atoms.Select((atom, i) => new AtomSite
        {
            Label = $"{atom.Element}{i + 1}",
            Element = Element.Of(atom.Element),
            Charge = atom.Charge,
            Position = new Fractional(atom.X, atom.Y, atom.Z),
        })]);

    public static UnitCell Cubic(double a) => new(a, a, a, 90, 90, 90);

    public static UnitCell Hexagonal(double a, double c) => new(a, a, c, 90, 90, 120);

    /// <summary>Repeats basis atoms with face centring.</summary>
    public static (string Element, double? Charge, double X, double Y, double Z)[] FaceCentered(
        params (string Element, double? Charge, double X, double Y, double Z)[] basis) =>
        [.. from atom in basis from t in FaceCentring select (atom.Element, atom.Charge, atom.X + t.X, atom.Y + t.Y, atom.Z + t.Z)];

    public static CrystalStructure Copper { get; } = Of(Cubic(3.615), FaceCentered(("Cu", null, 0, 0, 0)));

    public static CrystalStructure Iron { get; } = Of(Cubic(2.866), ("Fe", null, 0, 0, 0), ("Fe", null, 0.5, 0.5, 0.5));

    public static CrystalStructure Polonium { get; } = Of(Cubic(3.359), ("Po", null, 0, 0, 0));

    public static CrystalStructure Magnesium { get; } =
        Of(Hexagonal(3.209, 5.211), ("Mg", null, 1 / 3.0, 2 / 3.0, 0.25), ("Mg", null, 2 / 3.0, 1 / 3.0, 0.75));

    public static CrystalStructure Diamond { get; } =
        Of(Cubic(3.567), FaceCentered(("C", null, 0, 0, 0), ("C", null, 0.25, 0.25, 0.25)));

    public static CrystalStructure Graphite { get; } = Of(
        Hexagonal(2.464, 6.711),
        ("C", null, 0, 0, 0.25), ("C", null, 0, 0, 0.75), ("C", null, 1 / 3.0, 2 / 3.0, 0.25), ("C", null, 2 / 3.0, 1 / 3.0, 0.75));

    public static CrystalStructure RockSalt { get; } = Of(Cubic(5.64), FaceCentered(("Na", 1, 0, 0, 0), ("Cl", -1, 0.5, 0.5, 0.5)));

    public static CrystalStructure CesiumChloride { get; } = Of(Cubic(4.123), ("Cs", 1, 0, 0, 0), ("Cl", -1, 0.5, 0.5, 0.5));

    public static CrystalStructure Fluorite { get; } = Of(
        Cubic(5.463), FaceCentered(("Ca", 2, 0, 0, 0), ("F", -1, 0.25, 0.25, 0.25), ("F", -1, 0.75, 0.75, 0.75)));

    public static CrystalStructure Perovskite { get; } = Of(
        Cubic(3.905), ("Sr", 2, 0.5, 0.5, 0.5), ("Ti", 4, 0, 0, 0), ("O", -2, 0.5, 0, 0), ("O", -2, 0, 0.5, 0), ("O", -2, 0, 0, 0.5));

    public static CrystalStructure Wurtzite { get; } = Of(
        Hexagonal(3.25, 5.207),
        ("Zn", 2, 1 / 3.0, 2 / 3.0, 0), ("Zn", 2, 2 / 3.0, 1 / 3.0, 0.5), ("O", -2, 1 / 3.0, 2 / 3.0, 0.382),
        ("O", -2, 2 / 3.0, 1 / 3.0, 0.882));

    public static CrystalStructure Sphalerite { get; } = Of(Cubic(5.409), FaceCentered(("Zn", 2, 0, 0, 0), ("S", -2, 0.25, 0.25, 0.25)));

    public static CrystalStructure Rutile { get; } = Of(
        new UnitCell(4.594, 4.594, 2.959, 90, 90, 90),
        ("Ti", 4, 0, 0, 0), ("Ti", 4, 0.5, 0.5, 0.5),
        ("O", -2, 0.305, 0.305, 0), ("O", -2, 0.695, 0.695, 0), ("O", -2, 0.195, 0.805, 0.5), ("O", -2, 0.805, 0.195, 0.5));

    /// <summary>A random, often very skewed cell with atoms at random places (which may come close to each other).</summary>
    public static CrystalStructure Random(Random random, int atoms, double shortest = 2, double longest = 9)
    {
        UnitCell? cell = null;
        while (cell is null)
        {
            double a = Edge(), b = Edge(), c = Edge(), alpha = Angle(), beta = Angle(), gamma = Angle();
            if (UnitCell.IsValid(a, b, c, alpha, beta, gamma) && new UnitCell(a, b, c, alpha, beta, gamma) is { } made
                && made.Volume > 0.02 * a * b * c)
                cell = made;
        }

        string[] elements = ["O", "Fe", "Ca", "S", "Si"];
        double?[] charges = [-2, 3, 2, -2, 4];
        return Of(cell, [.. Enumerable.Range(0, atoms).Select(i =>
        {
            int kind = i % elements.Length;
            return (elements[kind], charges[kind], random.NextDouble(), random.NextDouble(), random.NextDouble());
        })]);

        double Edge() => shortest + (longest - shortest) * random.NextDouble();
        double Angle() => 20 + 140 * random.NextDouble();
    }

    /// <summary>The same crystal with a cell repeated along its edges.</summary>
    public static CrystalStructure Supercell(CrystalStructure crystal, int na, int nb, int nc)
    {
        UnitCell c = crystal.Cell;
        return Of(new UnitCell(na * c.A, nb * c.B, nc * c.C, c.Alpha, c.Beta, c.Gamma), [..
            from i in Enumerable.Range(0, na)
            from j in Enumerable.Range(0, nb)
            from k in Enumerable.Range(0, nc)
            from atom in Enumerable.Range(0, crystal.AtomCount)
            let site = crystal.SiteAt(atom)
            let p = crystal.Positions[atom]
            select (site.Element.Symbol, site.Charge, (p.X + i) / na, (p.Y + j) / nb, (p.Z + k) / nc)]);
    }

    /// <summary>The same atoms moved.</summary>
    public static CrystalStructure Rebuilt(CrystalStructure crystal, Func<Fractional, Fractional> move)
        => Rebuilt(crystal, crystal.Cell, move);

    /// <summary>The same crystal with its axes renamed.</summary>
    public static CrystalStructure Permuted(CrystalStructure crystal)
    {
        UnitCell c = crystal.Cell;
        return Rebuilt(crystal, new UnitCell(c.B, c.C, c.A, c.Beta, c.Gamma, c.Alpha), p => new Fractional(p.Y, p.Z, p.X));
    }

    /// <summary>The same crystal by the cell vectors a + b, b + c, a + b + c, which lie otherwise in space and are more skewed.</summary>
    public static CrystalStructure OtherBasis(CrystalStructure crystal)
    {
        UnitCell c = crystal.Cell;
        Cartesian first = c.AxisA + c.AxisB, second = c.AxisB + c.AxisC, third = c.AxisA + c.AxisB + c.AxisC;
        var cell = new UnitCell(first.Length, second.Length, third.Length, Angle(second, third), Angle(third, first), Angle(first, second));
        // u + w = x, u + v + w = y, v + w = z.
        return Rebuilt(crystal, cell, p => new Fractional(p.Y - p.Z, p.Y - p.X, p.X - p.Y + p.Z));

        static double Angle(Cartesian u, Cartesian v) => Math.Acos(Cartesian.Dot(u, v) / (u.Length * v.Length)) * 180 / Math.PI;
    }

    private static CrystalStructure Rebuilt(CrystalStructure crystal, UnitCell cell, Func<Fractional, Fractional> move) =>
        Of(cell, [.. Enumerable.Range(0, crystal.AtomCount).Select(atom =>
        {
            AtomSite site = crystal.SiteAt(atom);
            Fractional p = move(crystal.Positions[atom]);
            return (site.Element.Symbol, site.Charge, p.X, p.Y, p.Z);
        })]);
}
