namespace CrystalHpc.Tests.Core.SpaceGroups;

/// <summary>Hall and Hermann-Mauguin symbols as files spell them.</summary>
public sealed class SpaceGroupSymbolTests
{
    // What a symbol may stand for, the likeliest first.
    [TestCase("P 1 21/c 1", "P 1 21/c 1")]
    [TestCase("P 21/c", "P 1 21/c 1", "P 21/c 1 1")]
    [TestCase("P2_1/c", "P 1 21/c 1", "P 21/c 1 1")]
    [TestCase("P2(1)/n", "P 1 21/n 1", "P 1 1 21/n", "P 21/n 1 1")]
    [TestCase("P121/c1", "P 1 21/c 1")]
    [TestCase("P 1 1 21/b", "P 1 1 21/b")]
    [TestCase("P 21/c:b1", "P 1 21/c 1")]
    [TestCase("C2:b1", "C 1 2 1")]
    [TestCase("C 2/c", "C 1 2/c 1", "C 2/c 1 1")]
    [TestCase("I 1 2/a 1", "I 1 2/a 1")]
    [TestCase("A 1 1 2/a", "A 1 1 2/a")]
    [TestCase("B 2/b", "B 1 1 2/b", "B 2/b 1 1")]
    [TestCase("P 1 1 1", "P 1")]
    [TestCase("p-1", "P -1")]
    [TestCase("P 1 -1 1", "P -1")]
    [TestCase("C -1", "C -1")]
    [TestCase("f m -3 m", "F m -3 m")]
    [TestCase("Fm-3m", "F m -3 m")]
    [TestCase("F m 3 m", "F m -3 m")]
    [TestCase("F 4/m -3 2/m", "F m -3 m")]
    [TestCase("Ia3d", "I a -3 d")]
    [TestCase("I 21/a -3", "I a -3")]
    [TestCase("P m 3", "P m -3")]
    [TestCase("P 2 3", "P 2 3")]
    [TestCase("F d -3 m", "F d -3 m :2", "F d -3 m :1")]
    [TestCase("F d 3 m S", "F d -3 m :1")]
    [TestCase("F d -3 m Z", "F d -3 m :2")]
    [TestCase("Fd-3m:1", "F d -3 m :1")]
    [TestCase("F d -3 m :2", "F d -3 m :2")]
    [TestCase("F d -3 m {origin @ centre (-3m)}", "F d -3 m :2")]
    [TestCase("F d -3 m (origin choice 1)", "F d -3 m :1")]
    [TestCase("R -3 H", "R -3 :H")]
    [TestCase("R-3c:H", "R -3 c :H")]
    [TestCase("R -3 m HR", "R -3 m (-x,-y,z) :H")]
    [TestCase("R__-3 __ m :H__", "R -3 m :H")]
    [TestCase("R -3 2/m (hexagonal axes)", "R -3 m :H")]
    [TestCase("R 3 2 :R", "R 3 2 :R")]
    [TestCase("H 3 2", "R 3 2 :H")]
    [TestCase("P 4/m 2/m 2/m", "P 4/m m m")]
    [TestCase("P 42/n 21/c 2/m", "P 42/n c m :2", "P 42/n c m :1")]
    [TestCase("P 63/m 2/m 2/c", "P 63/m m c")]
    [TestCase("P63/m", "P 63/m")]
    [TestCase("P 21/b 21/c 21/a", "P b c a")]
    [TestCase("P -3 2/m 1", "P -3 m 1")]
    [TestCase("P 3 1 2", "P 3 1 2")]
    [TestCase("P 31 1 2", "P 31 1 2")]
    [TestCase("P6/mcc S", "P 6/m c c")]
    [TestCase("P4/MNC", "P 4/m n c")]
    [TestCase("P C M 21", "P c m 21")]
    [TestCase("C m c e", "C m c a")]
    [TestCase("C m m e", "C m m a", "C m m b")]
    [TestCase("B m e b", "B m a b")]
    [TestCase("A e m 2", "A b m 2")]
    [TestCase("A e a 2", "A b a 2")]
    [TestCase("P 21 21 2 (a)", "P 21 21 2 (a)")]
    [TestCase("P 21 21 2", "P 21 21 2")]
    [TestCase("P n m a", "P n m a")]
    [TestCase("P b n m", "P b n m")]
    [TestCase("A 21 m a", "A 21 m a")]
    [TestCase("X m c 21")]
    [TestCase("P ?")]
    [TestCase("")]
    public void Hermann_Mauguin_symbols_are_found_in_every_spelling(string symbol, params string[] expected) =>
        Assert.That(HermannMauguinSymbol.Find(symbol).Select(group => group.ToString()), Is.EqualTo(expected));

    [Test]
    public void Every_tabulated_symbol_is_found_first_under_its_own_name()
    {
        foreach (SpaceGroup group in SpaceGroup.All)
        {
            Assert.That(HermannMauguinSymbol.Find(group.ToString()), Has.Member(group));
            Assert.That(HermannMauguinSymbol.Find(group.ToString().Replace(" ", ""))[0].ToString(), Is.EqualTo(group.ToString()));
        }
    }

    [Test]
    public void A_change_of_basis_moves_the_operations()
    {
        SpaceGroup shifted = HermannMauguinSymbol.Find("P -1 (a-1/4,b,c)").Single();
        Assert.That(shifted.Operations.Select(SymmetryTriplet.Format), Is.EqualTo(new[] { "x,y,z", "-x+1/2,-y,-z" }));
        SpaceGroup doubled = HermannMauguinSymbol.Find("P 1 (a,b,2*c)").Single();
        Assert.That(doubled.Operations.Select(SymmetryTriplet.Format), Is.EqualTo(new[] { "x,y,z", "x,y,z+1/2" }));
        SpaceGroup turned = HermannMauguinSymbol.Find("P 1 2/m 1 (c,a,b)").Single();
        Assert.That(SpaceGroup.Identify(turned.Operations)?.ToString(), Is.EqualTo("P 1 1 2/m"));
    }

    [TestCase("-P 2ybc", "P 1 21/c 1")]
    [TestCase("-P_2ybc", "P 1 21/c 1")]
    [TestCase("-p 2YBC", "P 1 21/c 1")]
    [TestCase("P 32 2 (0 0 2)", "P 32 1 2")]
    [TestCase("P 32 2 (x,y,z+1/6)", "P 32 1 2")]
    [TestCase("-F 4vw 2vw 3", "F d -3 m :2")]
    [TestCase("F 4d 2 3 -1d", "F d -3 m :1")]
    [TestCase("-R 3 2\"c", "R -3 c :H")]
    [TestCase("-R 3 2''c", "R -3 c :H")]
    [TestCase("P 3*", "R 3 :R")]
    [TestCase("-C 2y (x-1/2,y,z)", "C 1 2/m 1")]
    [TestCase("C 2y (2*x,y,z)", null)]
    public void Hall_symbols_give_the_operations_of_their_setting(string symbol, string? expected)
    {
        Assert.That(HallSymbol.TryParse(symbol, out IReadOnlyList<SymmetryOperation> operations), Is.True);
        Assert.That(SpaceGroup.Identify(operations)?.ToString(), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("P")]
    [TestCase("2 P")]
    [TestCase("P 5")]
    [TestCase("P 2q")]
    [TestCase("P 22")]
    [TestCase("P 4'")]
    [TestCase("P 1 21/c 1")]
    [TestCase("P 2 (0 0)")]
    [TestCase("P 2 (x,y,q)")]
    [TestCase("P 2 (x,y,0)")]
    [TestCase("P 4 (x,2*y,z)")]
    [TestCase("P 2 (0 0 1")]
    public void What_is_no_Hall_symbol_is_refused(string symbol) =>
        Assert.That(HallSymbol.TryParse(symbol, out _), Is.False);
}
