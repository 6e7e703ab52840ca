using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Tests.Core.Symmetry;

/// <summary>Reduced cells against the published example and against one another.</summary>
public sealed class NiggliReductionTests
{
    [Test]
    public void The_example_of_Krivy_and_Gruber_comes_out()
    {
        // Acta Cryst. A32 (1976) 297: (9, 27, 4, -5, -4, -22) becomes (4, 9, 9, 9, 3, 4); the last three are twice the scalar products.
        var given = new Metric(9, 27, 4, -2.5, -2, -11);
        IntMatrix change = NiggliReduction.Reduce(given);
        Assert.That(change.Determinant, Is.EqualTo(1));
        Assert.That(given.Transformed(change), Is.EqualTo(new Metric(4, 9, 9, 4.5, 1.5, 2)));
    }

    [Test]
    public void Any_cell_of_a_lattice_has_the_same_reduced_cell()
    {
        var random = new Random(5);
        foreach (SpaceGroup group in SpaceGroup.Tabulated.DistinctBy(group => group.Number))
        {
            AtomicCell made = new(MadeCrystal.FittingBasis(group, random), [default], [1]);
            Metric first = NiggliReduction.Reduce(made.Basis).Metric, second = NiggliReduction.Reduce(
                MadeCrystal.Disguised(made, random).Basis).Metric;
            double[] left = [first.AA, first.BB, first.CC, first.BC, first.AC, first.AB],
                right = [second.AA, second.BB, second.CC, second.BC, second.AC, second.AB];
            Assert.That(left, Is.EqualTo(right).Within(1e-6), group.ToString());
        }
    }
}
