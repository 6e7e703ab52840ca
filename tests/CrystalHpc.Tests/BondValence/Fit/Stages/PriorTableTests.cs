using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.BondValence.Fit.Stages;

/// <summary>A published table as a second prior.</summary>
public sealed class PriorTableTests
{
    private static readonly BondKey Key = new(new Species(Element.Of("Al"), 3), new Species(Element.Of("Cl"), -1));

    // One structure whose bonds ask for r0 = 2.20; the table says 2.03.
    [Test]
    public void A_pair_with_one_structure_is_drawn_to_the_table_and_one_with_many_is_not()
    {
        (double alone, double drawn) = (Fit(1, null), Fit(1, Table(2.03)));
        (double many, double manyDrawn) = (Fit(40, null), Fit(40, Table(2.03)));
        Assert.That(alone - drawn, Is.GreaterThan(0.01));
        Assert.That(Math.Abs(many - manyDrawn), Is.LessThan(0.1 * (alone - drawn)));
    }

    [Test]
    public void A_table_without_the_pair_changes_nothing() =>
        Assert.That(Fit(3, new ParameterTable("x", [new ParameterEntry(
            Element.Of("Na"), 1, Element.Of("Cl"), -1, 2.15, 0.37, BondLaw.Exponential)])), Is.EqualTo(Fit(3, null)));

    [Test]
    public void A_pair_without_data_lies_between_radii_and_table()
    {
        (double radii, double both) = (Fit(0, null), Fit(0, Table(2.30)));
        Assert.That(both, Is.GreaterThan(radii).And.LessThan(2.30));
    }

    [TestCase(null, "there is no file")]
    [TestCase("a,b\n1,2\n", "is not a table of bond-valence parameters")]
    public void A_table_that_cannot_be_used_is_wrong_configuration(string? text, string message)
    {
        using var folder = new TemporaryFolder();
        string path = text is null ? folder["none.csv"] : folder.Write("table.csv", text);
        var job = new Job(new SerialCommunicator(), new JobOptions(IsQuiet: true, Dealing.Static), null);
        UserException? error = Assert.Throws<UserException>(() => PriorTable.Read(job, FitOptions.Default with { PriorTable = path }));
        Assert.That(error!.Code, Is.EqualTo(ExitCode.Configuration));
        Assert.That(error.Message, Does.Contain(message));
    }

    private static ParameterTable Table(double r0) =>
        new("x", [new ParameterEntry(Key.Cation.Element, Key.Cation.Charge, Key.Anion.Element, Key.Anion.Charge, r0, 0.37,
            BondLaw.Exponential)]);

    private static double Fit(int groups, ParameterTable? table)
    {
        SiteEquation[] equations = [.. Enumerable.Range(0, groups).Select(group => new SiteEquation
        {
            StructureId = $"{group}", SiteIndex = 0, SiteLabel = "Al1", Center = Key.Cation, Multiplicity = 1, GroupId = $"{group}",
            Bonds = [.. Enumerable.Repeat(new EquationBond(Key.Anion, 2.20 - 0.37 * Math.Log(3.0 / 4) + 0.01 * Math.Sin(group)), 4)],
        })];
        return BondValenceFit.Run(FitOptions.Default, [Key], [EquationTable.Build(equations, [Key], [.. equations.Select(_ => 1.0)])], _
            => { }, priorTable: table)
            .Parameters[0].R0Angstrom;
    }
}
