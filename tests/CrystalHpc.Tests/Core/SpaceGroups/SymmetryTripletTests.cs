namespace CrystalHpc.Tests.Core.SpaceGroups;

/// <summary>Coordinate triplets as files write them.</summary>
public sealed class SymmetryTripletTests
{
    [TestCase("x,y,z", "x,y,z")]
    [TestCase("-x+1/2, y, -z", "-x+1/2,y,-z")]
    [TestCase("1/2+X,Y-X,0.25+z", "x+1/2,-x+y,z+1/4")]
    [TestCase("'x, y, z'", "x,y,z")]
    [TestCase("+x , -y+.5 , z + 0.6667", "x,-y+1/2,z+2/3")]
    [TestCase("y, -x+y, z+5/6", "y,-x+y,z+5/6")]
    [TestCase("x-1/2,y+3/2,z-0.333", "x+1/2,y+1/2,z+2/3")]
    [TestCase("-1*x,y,z", "-x,y,z")]
    [TestCase("x+1,y+1,z+1", "x,y,z")]
    [TestCase("z+1/8,x+7/24,y", "z+1/8,x+7/24,y")]
    public void Triplets_are_read_in_every_spelling_and_written_in_one(string text, string canonical)
    {
        Assert.That(SymmetryTriplet.TryParse(text, out SymmetryOperation operation), Is.True);
        Assert.That(SymmetryTriplet.Format(operation), Is.EqualTo(canonical));
        Assert.That(SymmetryTriplet.TryParse(canonical, out SymmetryOperation again), Is.True);
        Assert.That(again, Is.EqualTo(operation));
    }

    [TestCase("")]
    [TestCase("x,y")]
    [TestCase("x,y,z,x")]
    [TestCase("x,y,w")]
    [TestCase("x,y,x")]
    [TestCase("x,y,2z")]
    [TestCase("x,y,z+1/0")]
    [TestCase("x,y,")]
    [TestCase("x y z")]
    [TestCase("x,,z")]
    [TestCase("x,y,z+1/2t")]
    [TestCase("x,y,--z")]
    [TestCase("1/2x,y,z")]
    public void What_is_no_symmetry_operation_is_refused(string text) =>
        Assert.That(SymmetryTriplet.TryParse(text, out _), Is.False);

    [Test]
    public void The_product_applies_the_second_operation_first()
    {
        Assert.That(SymmetryTriplet.TryParse("-y,x,z+1/4", out SymmetryOperation screw), Is.True);
        Assert.That(SymmetryTriplet.TryParse("x+1/2,y,-z", out SymmetryOperation glide), Is.True);
        Assert.That(SymmetryTriplet.Format(SymmetryOperation.Compose(screw, glide)), Is.EqualTo("-y,x+1/2,-z+1/4"));
    }
}
