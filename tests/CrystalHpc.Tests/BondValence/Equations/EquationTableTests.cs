using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Tests.BondValence.Equations;

/// <summary>The arrays of the fit: nothing lost, nothing mixed up.</summary>
public class EquationTableTests
{
    private static readonly Species Si = new(Element.Of("Si"), 4), Al = new(Element.Of("Al"), 3), O = new(Element.Of("O"), -2),
        F = new(Element.Of("F"), -1);

    private static SiteEquation Site(string id, Species cation, params (Species Anion, double Distance)[] bonds) => new()
    {
        StructureId = id,
        SiteIndex = id.Length,
        SiteLabel = cation.Element.Symbol + "1",
        Center = cation,
        Multiplicity = 2,
        GroupId = "g" + id,
        Bonds = [.. bonds.Select(bond => new EquationBond(bond.Anion, bond.Distance))],
    };

    private static readonly SiteEquation[] Sites =
    [
        Site("a", Si, (O, 1.60), (F, 1.61), (O, 1.62), (F, 1.59)),
        Site("bb", Al, (O, 1.9), (O, 1.8), (O, 1.85)),
        Site("ccc", Si, (O, 1.7)),
        Site("dddd", Al, (O, 1.75), (F, 1.7), (O, 1.65), (F, 1.6)),
    ];

    private static EquationTable Build() => EquationTable.Build(Sites, EquationTable.KeysOf(Sites), [1, 2, 3, 4]);

    [Test]
    public void Keys_are_sorted_and_each_occurs_once()
    {
        Assert.That(EquationTable.KeysOf(Sites).Select(key => key.ToString()),
            Is.EqualTo(new[] { "Al3+ O2-", "Al3+ F1-", "Si4+ O2-", "Si4+ F1-" }));
    }

    [Test]
    public void Every_row_keeps_its_identity_target_weight_and_bonds()
    {
        EquationTable table = Build();
        IReadOnlyList<BondKey> keys = EquationTable.KeysOf(Sites);
        Assert.That((table.EquationCount, table.BondCount), Is.EqualTo((4, 12)));
        for (int row = 0; row < table.EquationCount; row++)
        {
            EquationIdentity identity = table.Identities[row];
            SiteEquation site = Sites[identity.Place];
            Assert.That(identity, Is.EqualTo(new EquationIdentity(identity.Place, identity.Place, TextHash.Of(site.GroupId))));
            Assert.That(table.Valences[row], Is.EqualTo(site.Center.Charge));
            Assert.That(table.Weights[row], Is.EqualTo(1 + Array.IndexOf(Sites, site)));
            (BondKey, double)[] bonds = [.. Enumerable.Range(table.BondOffsets[row], table.BondOffsets[row + 1] - table.BondOffsets[row])
                .Select(bond => (keys[table.KeyIndices[bond]], table.DistancesAngstrom[bond]))];
            Assert.That(bonds, Is.EqualTo(site.Bonds.Select(bond => (new BondKey(site.Center, bond.Neighbor), bond.DistanceAngstrom))
                .Order()));
        }
    }

    [Test]
    public void Some_of_the_rows_make_the_table_that_their_equations_alone_make()
    {
        SiteEquation[] kept = [Sites[0], Sites[3]];
        IReadOnlyList<BondKey> keys = EquationTable.KeysOf(Sites);
        EquationTable all = Build(), some = all.Where(row => all.Identities[row].Place is 0 or 3),
            alone = EquationTable.Build(kept, keys, [1, 4]);
        Assert.That(some.DistancesAngstrom.ToArray(), Is.EqualTo(alone.DistancesAngstrom.ToArray()));
        Assert.That(some.KeyIndices.ToArray(), Is.EqualTo(alone.KeyIndices.ToArray()));
        Assert.That(some.BondOffsets.ToArray(), Is.EqualTo(alone.BondOffsets.ToArray()));
        Assert.That(some.Weights.ToArray(), Is.EqualTo(alone.Weights.ToArray()));
    }

    [Test]
    public void Keys_of_a_shard_become_those_of_the_fit()
    {
        BondKey more = new(new Species(Element.Of("H"), 1), O);
        EquationTable own = Build().WithKeys([1, 2, 3, 4]), fit = EquationTable.Build(Sites, [more, .. EquationTable.KeysOf(Sites)],
            [1, 2, 3, 4]);
        Assert.That(own.KeyIndices.ToArray(), Is.EqualTo(fit.KeyIndices.ToArray()));
        Assert.That(own.WithWeights(row => row).Weights.ToArray(), Is.EqualTo(new[] { 0.0, 1, 2, 3 }));
    }

    [Test]
    public void Rows_of_equal_shape_follow_one_another()
    {
        Assert.That(Build().Identities.ToArray().Select(identity => Sites[identity.Place].StructureId),
            Is.EqualTo(new[] { "ccc", "dddd", "a", "bb" }));
    }

    [Test]
    public void Element_keys_merge_oxidation_states_but_not_targets()
    {
        SiteEquation[] irons = [Site("a", new Species(Element.Of("Fe"), 2), (O, 2.1)),
            Site("bb", new Species(Element.Of("Fe"), 3), (O, 2.0))];
        IReadOnlyList<BondKey> keys = EquationTable.KeysOf(irons, KeyMode.Elements);
        EquationTable table = EquationTable.Build(irons, keys, [1, 1], KeyMode.Elements);
        Assert.That(keys.Select(key => key.ToString()), Is.EqualTo(new[] { "Fe0 O0" }));
        Assert.That(table.Valences.ToArray(), Is.EqualTo(new[] { 2.0, 3.0 }));
        Assert.That(EquationTable.KeysOf(irons), Has.Count.EqualTo(2));
    }

    [Test]
    public void An_empty_shard_is_a_table()
    {
        EquationTable table = EquationTable.Build([], [], []);
        Assert.That((table.EquationCount, table.BondCount, table.BondOffsets.Length), Is.EqualTo((0, 0, 1)));
    }

    [Test]
    public void Unknown_keys_unsorted_keys_and_missing_weights_are_refused()
    {
        BondKey[] keys = [.. EquationTable.KeysOf(Sites)];
        Assert.That(() => EquationTable.Build(Sites, keys[1..], [1, 1, 1, 1]), Throws.ArgumentException);
        Assert.That(() => EquationTable.Build(Sites, [.. keys.Reverse()], [1, 1, 1, 1]), Throws.ArgumentException);
        Assert.That(() => EquationTable.Build(Sites, keys, [1, 1]), Throws.ArgumentException);
    }
}
