using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Screening;

namespace CrystalHpc.Tests.Generation.Screening;

/// <summary>Hulls of known compounds, conditions on columns, and the library of known crystals.</summary>
public sealed class HullTests
{
    [Test]
    public void The_hull_of_two_elements_is_what_it_is_by_hand()
    {
        var hull = new HullTable([Compound("AB", -1, ("Li", 0.5), ("O", 0.5)), Compound("A3B", -0.2, ("Li", 0.75), ("O", 0.25))]);
        Assert.That(hull.At(Shares(("Li", 0.5), ("O", 0.5))).EnergyPerAtom, Is.EqualTo(-1).Within(1e-12));
        HullPoint between = hull.At(Shares(("Li", 0.75), ("O", 0.25)));
        Assert.That(between.EnergyPerAtom, Is.EqualTo(-0.5).Within(1e-12), "halfway between Li and LiO, below the compound");
        Assert.That(between.Products, Is.EquivalentTo(new[] { "Li", "AB" }));
    }

    [Test]
    public void Hulls_of_many_elements_agree_with_a_search_over_all_mixtures()
    {
        var random = new CounterRandom(3, 0);
        Element[] elements = [.. "Li O Ti Sr".Split(' ').Select(Element.Of)];
        HullCompound[] compounds = [.. Enumerable.Range(0, 25).Select(i =>
        {
            double[] parts = [.. elements.Select(_ => Math.Floor(3 * random.NextUniform()))];
            parts[i % 4]++;
            return new HullCompound($"c{i}", elements.Zip(parts).Where(pair => pair.Second > 0)
                .ToDictionary(pair => pair.First, pair => pair.Second / parts.Sum()), -random.NextUniform());
        })];
        Dictionary<Element, double> at = Shares(("Li", 0.2), ("O", 0.4), ("Ti", 0.2), ("Sr", 0.2));
        HullPoint found = new HullTable(compounds).At(at);

        // By duality no plane below all compounds lies above the hull: lower the energy of any compound and the hull may not rise.
        Assert.That(found.EnergyPerAtom, Is.LessThanOrEqualTo(0));
        foreach (HullCompound compound in compounds)
        {
            var without = new HullTable([.. compounds.Where(other => other != compound)]);
            double rise = without.At(at).EnergyPerAtom - found.EnergyPerAtom;
            Assert.That(rise, found.Products.Contains(compound.Name) ? Is.GreaterThanOrEqualTo(-1e-12) : Is.EqualTo(0).Within(1e-9),
                compound.Name);
        }
    }

    [Test]
    public void A_table_on_another_scale_is_told_and_elements_without_compounds_are_named()
    {
        using var folder = new TemporaryFolder();
        string[] formulas = ["NaCl", "KCl", "RbCl", "CsCl", "LiCl", "LiF"];
        var predicted = formulas.Index().ToDictionary(entry => entry.Item, entry => -2.01 - 0.1 * entry.Index);
        string same = folder.Write("same.csv", "formula,e_form_eV_atom\n"
            + string.Join('\n', formulas.Select((formula, i) => FormattableString.Invariant($"{formula},{-2 - 0.1 * i}"))));
        string other = folder.Write("other.csv", "formula,e_form_eV_atom\n"
            + string.Join('\n', formulas.Select((formula, i) => FormattableString.Invariant($"{formula},{-1 - 0.1 * i}"))));
        HullTable table = HullTable.Read(same), elsewhere = HullTable.Read(other);
        table.Compare(predicted);
        elsewhere.Compare(predicted);
        Assert.That((table.Problem, table.Count), Is.EqualTo(((string?)null, 6)));
        Assert.That(elsewhere.Problem, Does.Contain("another scale"));
        Assert.That(table.Missing(Shares(("Na", 0.3), ("Cl", 0.3), ("Ti", 0.4))).Select(element => element.Symbol),
            Is.EqualTo(new[] { "Ti" }));
        Assert.That(() => HullTable.Read(folder.Write("none.csv", "formula,gap\nNaCl,5\n")), Throws.InstanceOf<UserException>());
    }

    [TestCase("a<0.5", 0.4, true)]
    [TestCase("a<0.5", 0.5, false)]
    [TestCase("a<=0.5", 0.5, true)]
    [TestCase("a>=0.5", 0.5, true)]
    [TestCase("a>0.5", null, false)]
    [TestCase("a=yes", "yes", true)]
    [TestCase("a!=yes", null, true)]
    [TestCase("a=", null, true)]
    [TestCase("a=", "perov5-1", false)]
    [TestCase("a=5", 5, true)]
    public void Conditions_hold_or_not(string text, object? value, bool holds) =>
        Assert.That(Condition.Parse(text, ["a"]).HoldsOf(value), Is.EqualTo(holds));

    [TestCase("gii<0.5")]
    [TestCase("a")]
    [TestCase("a<much")]
    public void Conditions_that_mean_nothing_are_refused(string text) =>
        Assert.That(() => Condition.Parse(text, ["a", "gii_vu"]), Throws.InstanceOf<UserException>());

    [Test]
    public void A_library_is_read_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        ReferenceCrystal[] crystals = [.. new[] { Cells.Perovskite, Cells.Heusler }.Select((cell, i) => ReferenceCrystal.Of(
            new GenerationSample($"{i}", (CellClass)i, i == 0 ? "SrTiO3" : "MnAlCu2", cell, i == 0 ? double.NaN : -0.1), 221 + 4 * i))];
        new ReferenceLibrary(crystals).Write(folder["known.csv.gz"]);
        ReferenceLibrary read = ReferenceLibrary.Read(folder["known.csv.gz"]);
        Assert.That(read.Crystals, Is.EqualTo(crystals));
        Assert.That(read.Crystals[0].Id, Is.EqualTo("perov5-0"));
        Assert.That(read.Crystals[1].Cell!.Positions, Is.EquivalentTo(Cells.Heusler.Positions));
        Assert.That(read.Find("Ti1 Sr1 O3")!.Id, Is.EqualTo("perov5-0"));
        Assert.That(read.Find("NaCl"), Is.Null);
        Assert.That(() => ReferenceLibrary.Read(folder.Write("other.csv", "a,b\n1,2\n")), Throws.InstanceOf<UserException>());
    }

    [Test]
    public void The_library_that_ships_knows_what_people_ask_for_and_is_small()
    {
        ReferenceLibrary library = ReferenceLibrary.Read();
        Assert.That(library.Crystals, Has.Count.GreaterThan(19_000));
        foreach (string formula in (string[])["SrTiO3", "BaTiO3", "CaTiO3", "KTaO3", "LiF"])
            Assert.That(library.Find(formula), Is.Not.Null, formula);
        Assert.That(library.Find("SrTiO3")!.EdgeAngstrom, Is.InRange(3.85, 4.0));
        long bytes = Directory.EnumerateFiles(Path.Combine(TestPaths.RepositoryRoot, "models"), "*.csv.gz", SearchOption.AllDirectories)
            .Sum(file => new FileInfo(file).Length);
        Assert.That(bytes, Is.LessThan(3_000_000));
    }

    private static HullCompound Compound(string name, double energy, params (string Symbol, double Share)[] shares)
        => new(name, Shares(shares), energy);

    private static Dictionary<Element, double> Shares(params (string Symbol, double Share)[] shares) =>
        shares.ToDictionary(share => Element.Of(share.Symbol), share => share.Share);
}
