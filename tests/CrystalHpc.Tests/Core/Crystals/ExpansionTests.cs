using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Sites become the atoms of a cell: copies, special positions, order.</summary>
public sealed class ExpansionTests
{
    private static readonly UnitCell Cubic = new(5, 5, 5, 90, 90, 90);
    private static readonly UnitCell Hexagonal = new(5, 5, 8, 90, 90, 120);
    private static readonly SymmetryOperation Inversion = new(-1, 0, 0, 0, -1, 0, 0, 0, -1, 0, 0, 0);

    // The rotations of a threefold axis along c.
    private static readonly SymmetryOperation[] Threefold =
    [
        SymmetryOperation.Identity,
        new(0, -1, 0, 1, -1, 0, 0, 0, 1, 0, 0, 0),
        new(-1, 1, 0, -1, 0, 0, 0, 0, 1, 0, 0, 0),
    ];

    private static AtomSite Site(string element, double x, double y, double z) =>
        new() { Label = element + "1", Element = Element.Of(element), Position = new Fractional(x, y, z) };

    [Test]
    public void A_general_position_has_one_copy_per_operation_wrapped_into_the_cell()
    {
        CrystalStructure structure = CrystalStructure.Expand(Cubic, [SymmetryOperation.Identity, Inversion], [Site("Si", 0.1, 0.2, -0.3)]);
        Assert.That(structure.AtomCount, Is.EqualTo(2));
        Assert.That(structure.Positions[0], Is.EqualTo(new Fractional(0.1, 0.2, 0.7)));
        Assert.That(structure.Positions[1], Is.EqualTo(new Fractional(0.9, 0.8, 0.3)));
    }

    [Test]
    public void A_site_just_off_an_inversion_center_across_the_cell_border_becomes_one_atom_on_it()
    {
        CrystalStructure structure = CrystalStructure.Expand(Cubic, [SymmetryOperation.Identity, Inversion],
            [Site("Si", 0.9995, 0.5004, 0)]);
        Assert.That(structure.AtomCount, Is.EqualTo(1));
        Assert.That(structure.Positions[0].X, Is.EqualTo(0).Within(1e-12));
        Assert.That(structure.Positions[0].Y, Is.EqualTo(0.5).Within(1e-12));
    }

    [Test]
    public void A_rounded_third_on_a_threefold_axis_becomes_exactly_a_third()
    {
        CrystalStructure structure = CrystalStructure.Expand(Hexagonal, Threefold, [Site("Zn", 0.333, 0.667, 0.25)]);
        Assert.That(structure.AtomCount, Is.EqualTo(1));
        Assert.That(structure.Positions[0].X, Is.EqualTo(1.0 / 3).Within(1e-12));
        Assert.That(structure.Positions[0].Y, Is.EqualTo(2.0 / 3).Within(1e-12));
        Assert.That(structure.Positions[0].Z, Is.EqualTo(0.25));
    }

    [Test]
    public void Copies_farther_apart_than_the_tolerance_stay_distinct()
    {
        CrystalStructure structure = CrystalStructure.Expand(Cubic, [SymmetryOperation.Identity, Inversion], [Site("Si", 0.03, 0, 0)]);
        Assert.That(structure.AtomCount, Is.EqualTo(2));
    }

    [Test]
    public void Atoms_are_ordered_by_site_and_the_offsets_tell_where_each_site_begins()
    {
        CrystalStructure structure = CrystalStructure.Expand(
            Cubic, [SymmetryOperation.Identity, Inversion], [Site("Si", 0, 0, 0), Site("O", 0.1, 0.2, 0.3), Site("O", 0.5, 0.5, 0.5)]);
        Assert.That(structure.SiteOfAtom.ToArray(), Is.EqualTo(new[] { 0, 1, 1, 2 }));
        Assert.That(Enumerable.Range(0, 3).Select(structure.Multiplicity), Is.EqualTo(new[] { 1, 2, 1 }));
        Assert.That(Enumerable.Range(0, 3).Select(structure.FirstAtom), Is.EqualTo(new[] { 0, 1, 3 }));
        Assert.That(structure.SiteAt(2).Element.Symbol, Is.EqualTo("O"));
    }

    [Test]
    public void Charges_are_replaced_and_nothing_else()
    {
        CrystalStructure structure = CrystalStructure.Expand(Cubic, [SymmetryOperation.Identity, Inversion], [Site("Si", 0.1, 0.2, 0.3)]);
        CrystalStructure charged = structure.WithCharges([4.0]);
        Assert.That(charged.Sites[0].Charge, Is.EqualTo(4));
        Assert.That(structure.Sites[0].Charge, Is.Null);
        Assert.That(charged.Positions.ToArray(), Is.EqualTo(structure.Positions.ToArray()));
        Assert.That(() => structure.WithCharges([]), Throws.ArgumentException);
    }
}
