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
    public void Order_origin_rotation_supercell_and_equivalent_cell_change_nothing([Range(0, 4)] int number, [Values] bool hasAngles)
    {
        GraphOptions graphs = GraphOptions.Default with { Angles = hasAngles };
        CrystalNetwork<double> network = SmallCrystals.Network(out _, graphs);
        CrystalStructure crystal = SmallCrystals.All[number];
        double[] plain = Predict(network, crystal, graphs);
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

        void Same(CrystalStructure other, string what) =>
            Assert.That(Predict(network, other, graphs), Is.EqualTo(plain).Within(Tolerance), what);
    }

    [Test]
    public void A_crystal_is_predicted_alike_beside_any_others()
    {
        CrystalNetwork<double> network = SmallCrystals.Network(out _);
        CrystalGraph[] graphs = [.. SmallCrystals.All.Select(SmallCrystals.GraphOf)];
        double[] together = network.Forward(graphs, [0, 1, 2, 3, 4], ForwardPass.Prediction).Values.ToArray();
        for (int i = 0; i < graphs.Length; i++)
        {
            double[] alone = Predict(network, SmallCrystals.All[i], GraphOptions.Default);
            Assert.That(alone, Is.EqualTo(together[(2 * i)..(2 * i + 2)]), "to the last bit");
        }
    }

    [Test]
    public void A_place_that_an_element_shares_with_itself_is_that_element()
    {
        CrystalNetwork<double> network = SmallCrystals.Network(out _, SmallCrystals.Full);
        CrystalStructure shared = SmallCrystals.OfSites(
            SmallCrystals.Cubic(4.12), ("Cs", 0.25, 0, 0, 0), ("Cs", 0.75, 0, 0, 0), ("Cl", 1, 0.5, 0.5, 0.5));
        Assert.That(
            Predict(network, shared, SmallCrystals.Full),
            Is.EqualTo(Predict(network, SmallCrystals.All[1], SmallCrystals.Full)).Within(Tolerance));
    }

    [Test]
    public void A_place_that_elements_share_lies_between_them_and_order_changes_nothing()
    {
        CrystalNetwork<double> network = SmallCrystals.Network(out _, SmallCrystals.Full);
        double Of(double share) => Predict(network, SmallCrystals.OfSites(SmallCrystals.Cubic(4.12), [
            .. new[] { ("Cs", share, 0.0, 0.0, 0.0), ("Rb", 1 - share, 0.0, 0.0, 0.0) }.Where(atom => atom.Item2 > 0),
            ("Cl", 1, 0.5, 0.5, 0.5)]), SmallCrystals.Full)[0];
        Assert.That(Of(0.5), Is.InRange(Math.Min(Of(0), Of(1)), Math.Max(Of(0), Of(1))));
        Assert.That(Of(0.999999), Is.EqualTo(Of(1)).Within(1e-4), "no step where an element vanishes");
        CrystalStructure turned = SmallCrystals.OfSites(
            SmallCrystals.Cubic(4.0), ("F", 0.6, 0.5, 0.5, 0), ("O", 1, 0.5, 0.5, 0.5), ("Co", 0.3, 0, 0, 0), ("N", 0.4, 0.5, 0.5, 0),
            ("Fe", 0.5, 0, 0, 0));
        Assert.That(
            Predict(network, turned, SmallCrystals.Full),
            Is.EqualTo(Predict(network, SmallCrystals.Disordered, SmallCrystals.Full)).Within(Tolerance));
    }

    private static double[] Predict(CrystalNetwork<double> network, CrystalStructure crystal, GraphOptions graphs) =>
        network.Forward([GraphBuilder.TryCreate(crystal, graphs, out _)!], [0], ForwardPass.Prediction).Values.ToArray();

    // About an axis without any symmetry.
    private static Cartesian Turn(Cartesian v)
    {
        (double sin, double cos) = Math.SinCos(0.7);
        var first = new Cartesian(cos * v.X - sin * v.Y, sin * v.X + cos * v.Y, v.Z);
        return new Cartesian(first.X, cos * first.Y - sin * first.Z, sin * first.Y + cos * first.Z);
    }
}
