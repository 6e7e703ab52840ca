using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Tests.Generation;

/// <summary>Cubic cells of structures, or the reason why there is none.</summary>
public sealed class CubicCellTests
{
    [Test]
    public void A_primitive_Heusler_compound_becomes_the_cube_of_sixteen_atoms_with_the_same_origin()
    {
        double edge = 5.95 * Math.Sqrt(0.5);
        CubicCell cell = CubicCell.TryCreate(Structure(edge, 60, "Cu .25 .25 .25; Cu .75 .75 .75; Mn .5 .5 .5; Al 0 0 0"), out _)!;
        Assert.That(cell.EdgeAngstrom, Is.EqualTo(5.95).Within(1e-9));
        Assert.That(Places(cell), Is.EquivalentTo(Places(Cells.Heusler)));
    }

    [Test]
    public void A_body_centered_primitive_cell_becomes_the_cube_of_two_atoms()
    {
        CubicCell cell = CubicCell.TryCreate(Structure(2.866 * Math.Sqrt(3) / 2, 109.4712206, "Fe 0 0 0"), out _)!;
        Assert.That(cell.EdgeAngstrom, Is.EqualTo(2.866).Within(1e-6));
        Assert.That(Places(cell), Is.EquivalentTo(new[] { "Fe 0.000 0.000 0.000", "Fe 0.500 0.500 0.500" }));
    }

    [Test]
    public void Another_cell_of_a_cubic_crystal_becomes_its_standard_cell()
    {
        var sites = new[] { Site("Fe", 0, 0, 0), Site("Fe", 0, 0, 0.5) };
        // Two cells of simple cubic iron, one on another.
        CrystalStructure doubled = CrystalStructure.Expand(new UnitCell(2.5, 2.5, 5, 90, 90, 90), [SymmetryOperation.Identity], sites);
        Assert.That(CubicCell.TryCreate(doubled, out _), Has.Property(nameof(CubicCell.Count)).EqualTo(1));
    }

    [Test]
    public void What_cannot_become_voxels_says_why()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Reason(CrystalStructure.Expand(new UnitCell(3.99, 3.99, 4.04, 90, 90, 90), [SymmetryOperation.Identity],
                [Site("Ba", 0, 0, 0), Site("O", 0.5, 0.5, 0)])), Is.EqualTo(VoxelFindings.NotCubic));
            Assert.That(Reason(Structure(4, 90, "O 0 0 0; O .05 0 0")), Is.EqualTo(VoxelFindings.Overlap));
            Assert.That(
                Reason(CrystalStructure.Expand(new UnitCell(4, 4, 4, 90, 90, 90), [SymmetryOperation.Identity],
                [Site("O", 0, 0, 0) with { Occupancy = 0.5 }])),
                Is.EqualTo(VoxelFindings.Disordered));
            Assert.That(
                Reason(Structure(12, 90, string.Join(';', Enumerable.Range(0, 64)
                .Select(i => FormattableString.Invariant($"O {i % 4 / 4.0} {i / 4 % 4 / 4.0} {i / 16 / 4.0}"))))),
                Is.EqualTo(VoxelFindings.TooLarge));
        });
    }

    private static FindingCode Reason(CrystalStructure structure)
    {
        CubicCell? cell = CubicCell.TryCreate(structure, out Finding? problem);
        Assert.That(cell, Is.Null);
        return problem!.Value.Code;
    }

    private static CrystalStructure Structure(double edge, double angle, string sites)
    {
        CubicCell cell = Cells.Of(edge, sites);
        return CrystalStructure.Expand(new UnitCell(edge, edge, edge, angle, angle, angle), [SymmetryOperation.Identity],
            [.. cell.Elements.Zip(cell.Positions).Select(atom => Site(atom.First.Symbol, atom.Second.X, atom.Second.Y, atom.Second.Z))]);
    }

    private static AtomSite Site(string element, double x, double y, double z) =>
        new() { Label = element, Element = Element.Of(element), Position = new Fractional(x, y, z) };

    private static IEnumerable<string> Places(CubicCell cell) => cell.Elements.Zip(cell.Positions)
        .Select(atom => FormattableString.Invariant($"{atom.First.Symbol} {atom.Second.X:F3} {atom.Second.Y:F3} {atom.Second.Z:F3}"));
}
