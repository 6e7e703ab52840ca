using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Tests.Properties;

/// <summary>What the network says of a crystal does not depend on how the crystal is written.</summary>
public sealed class NetworkInvarianceTests
{
    private const double Tolerance = 1e-10;

    [Test]
    public void Order_origin_rotation_supercell_and_equivalent_cell_change_nothing([Range(0, 4)] int number)
    {
        CrystalNetwork<double> network = SmallCrystals.Network(out _);
        CrystalStructure crystal = SmallCrystals.All[number];
        double[] plain = Predict(network, crystal);
        var atoms = SmallCrystals.AtomsOf(crystal);
        var basis = Basis.Of(crystal.Cell);
        Same(SmallCrystals.Of(basis, [.. atoms.Reverse()]), "order");
        Same(SmallCrystals.Of(basis, [.. atoms.Select(atom => atom with { X = atom.X + 0.137, Y = atom.Y - 0.61, Z = atom.Z + 0.0431 })]),
            "origin");
        Same(SmallCrystals.Of(new Basis(Turn(basis.A), Turn(basis.B), Turn(basis.C)), atoms), "rotation");
        Same(
            SmallCrystals.Of(new Basis(2 * basis.A, basis.B, 3 * basis.C), [.. Enumerable.Range(0, 6).SelectMany(k => atoms.Select(
                atom => (atom.Element, (atom.X + k % 2) / 2, atom.Y, (atom.Z + k / 2) / 3.0)))]), "supercell");
        Same(SmallCrystals.Of(new Basis(basis.A + basis.B, basis.B, basis.C - 2 * basis.A), [.. atoms.Select(
            atom => (atom.Element, atom.X + 2 * atom.Z, atom.Y - atom.X - 2 * atom.Z, atom.Z))]), "equivalent cell");

        void Same(CrystalStructure other, string what) => Assert.That(Predict(network, other), Is.EqualTo(plain).Within(Tolerance), what);
    }

    [Test]
    public void A_crystal_is_predicted_alike_beside_any_others()
    {
        CrystalNetwork<double> network = SmallCrystals.Network(out _);
        CrystalGraph[] graphs = [.. SmallCrystals.All.Select(SmallCrystals.GraphOf)];
        double[] together = network.Forward(graphs, [0, 1, 2, 3, 4], ForwardPass.Prediction).Values.ToArray();
        for (int i = 0; i < graphs.Length; i++)
            Assert.That(Predict(network, SmallCrystals.All[i]), Is.EqualTo(together[(2 * i)..(2 * i + 2)]), "to the last bit");
    }

    private static double[] Predict(CrystalNetwork<double> network, CrystalStructure crystal) =>
        network.Forward([SmallCrystals.GraphOf(crystal)], [0], ForwardPass.Prediction).Values.ToArray();

    // About an axis without any symmetry.
    private static Cartesian Turn(Cartesian v)
    {
        (double sin, double cos) = Math.SinCos(0.7);
        var first = new Cartesian(cos * v.X - sin * v.Y, sin * v.X + cos * v.Y, v.Z);
        return new Cartesian(first.X, cos * first.Y - sin * first.Z, sin * first.Y + cos * first.Z);
    }
}
