using CrystalHpc.Engine.Jobs;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Tests.Generation;

/// <summary>Tables of cubic crystals: kinds, energies, conditions, and what is left out.</summary>
public sealed class GenerationTableTests
{
    private const string General = """
        material_id,e_form_eV_atom,a,b,c,alpha,beta,gamma,sites
        salt,-2.1,3.99,3.99,3.99,60,60,60,Na 0 0 0;Cl .5 .5 .5
        perovskite,-3.5,3.905,3.905,3.905,90,90,90,Sr 0 0 0;Ti .5 .5 .5;O .5 .5 0;O .5 0 .5;O 0 .5 .5
        tetragonal,-1,3,3,4,90,90,90,Na 0 0 0;Cl .5 .5 .5
        broken,-1,3,3,3,90,90,90,
        other,-1,3,3,3,90,90,90,Fe 0 0 0

        """;

    [Test]
    public void Rows_are_sorted_by_kind_and_the_rest_is_counted()
    {
        using var folder = new TemporaryFolder();
        GenerationTable table = GenerationTable.Read([Write(folder, "general.csv", General)]);
        Assert.That(table.Samples.Select(sample => (sample.Id, sample.Class, sample.Cell.Count, sample.EnergyPerAtom)), Is.EqualTo(new[]
        {
            ("salt", CellClass.AB, 8, -2.1), ("perovskite", CellClass.ABX3, 5, -3.5),
        }));
        Assert.That(table.Others, Is.EqualTo(2));
        Assert.That(table.Refused.Select(row => (row.Line, row.Finding.Code)), Is.EqualTo(new[] { (5, VoxelFindings.Unreadable) }));
    }

    [Test]
    public void Heats_of_cells_become_energies_of_atoms_and_empty_ones_unknown()
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder, "perov.csv", """
            material_id,a,b,c,alpha,beta,gamma,heat_all,sites
            1,4,4,4,90,90,90,2.5,Na 0 0 0;Sb .5 .5 .5;O .5 .5 0;O .5 0 .5;N 0 .5 .5
            2,4,4,4,90,90,90,,Na 0 0 0;Sb .5 .5 .5;O .5 .5 0;O .5 0 .5;N 0 .5 .5

            """);
        Assert.That(GenerationTable.Read([path]).Samples.Select(sample => sample.EnergyPerAtom), Is.EqualTo(new[] { 0.5, double.NaN }));
    }

    [Test]
    public void A_table_without_such_crystals_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder, "none.csv", "a,b,c,alpha,beta,gamma,sites\n3,3,3,90,90,90,Fe 0 0 0\n");
        Assert.That(() => GenerationTable.Read([path]), Throws.InstanceOf<UserException>());
    }

    [Test]
    public void Conditions_are_tenths_of_the_kind_and_unknown_has_its_own()
    {
        // Formulas of the training part only: X is salt of the hundred energies.
        GenerationSample[] samples = [.. Enumerable.Range(0, 100).Select(i => new GenerationSample(
            "", CellClass.AB, TrainingKey, Cells.CesiumChloride, i))];
        EnergyDeciles deciles = EnergyDeciles.Of(samples);
        Assert.That(samples.CountBy(deciles.ConditionOf).Select(pair => pair.Value), Is.All.EqualTo(10));
        Assert.That(deciles.ConditionOf(CellClass.AB, -5), Is.Zero);
        Assert.That(deciles.ConditionOf(CellClass.AB, 1000), Is.EqualTo(9));
        Assert.That(deciles.ConditionOf(CellClass.AB, double.NaN), Is.EqualTo(EnergyDeciles.Unknown));
        Assert.That(deciles.ConditionOf(CellClass.XA, 0), Is.EqualTo(EnergyDeciles.Unknown));
        Assert.That(deciles.Values.ToArray(), Is.All.Matches<double>(double.IsFinite), "files hold finite numbers only");
        Assert.That(EnergyDeciles.From(deciles.Values).ConditionOf(CellClass.AB, 45.5),
            Is.EqualTo(deciles.ConditionOf(CellClass.AB, 45.5)));
    }

    [Test]
    public void Species_have_places_in_the_order_of_their_numbers()
    {
        var species = new SpeciesList(Cells.Perovskite.Elements);
        Assert.That(species.Elements.Select(element => element.Symbol), Is.EqualTo(new[] { "O", "Ti", "Sr" }));
        Assert.That(species.PlaceOf(22), Is.EqualTo(1));
        Assert.That(species.PlaceOf(26), Is.EqualTo(SpeciesList.None));
    }

    private const string TrainingKey = "Fe2O3";

    private static string Write(TemporaryFolder folder, string name, string text)
    {
        string path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
