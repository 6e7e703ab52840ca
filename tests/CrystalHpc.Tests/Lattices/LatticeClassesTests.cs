using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Tests.Lattices;

/// <summary>Classes and how groups add up to them.</summary>
public sealed class LatticeClassesTests
{
    [TestCase(1, "aP", "triclinic", "P1")]
    [TestCase(14, "mP", "monoclinic", "P21/c")]
    [TestCase(15, "mS", "monoclinic", "C2/c")]
    [TestCase(40, "oS", "orthorhombic", "Ama2")]
    [TestCase(62, "oP", "orthorhombic", "Pnma")]
    [TestCase(140, "tI", "tetragonal", "I4/mcm")]
    [TestCase(152, "hP", "trigonal", "P3121")]
    [TestCase(167, "hR", "trigonal", "R-3c")]
    [TestCase(194, "hP", "hexagonal", "P63/mmc")]
    [TestCase(227, "cF", "cubic", "Fd-3m")]
    public void Groups_belong_to_their_lattice_and_system(int number, string bravais, string system, string symbol) => Assert.Multiple(() =>
    {
        Assert.That(LatticeClasses.Bravais[LatticeClasses.BravaisOf(number - 1)], Is.EqualTo(bravais));
        Assert.That(LatticeClasses.Systems[LatticeClasses.SystemOf(number - 1)], Is.EqualTo(system));
        Assert.That(LatticeClasses.GroupSymbols[number - 1], Is.EqualTo(symbol));
    });

    [Test]
    public void Every_row_of_the_table_has_the_lattice_and_the_system_of_its_group()
    {
        FormulaTable table = FormulaTable.Read(TestPaths.SharedOrIgnore("datasets/matbench-spacegroup/sg_all.csv.gz"));
        (int group, int bravais, int system) = (table.Column("space_group"), table.Column("bravais"), table.Column("crystal_system"));
        Assert.That(table.Refused, Is.Empty);
        Assert.That(table.Rows, Has.Count.EqualTo(103_666));
        foreach (FormulaRow row in table.Rows)
        {
            int index = int.Parse(row.Fields[group], System.Globalization.CultureInfo.InvariantCulture) - 1;
            if (LatticeClasses.Bravais[LatticeClasses.BravaisOf(index)] != row.Fields[bravais]
                || LatticeClasses.Systems[LatticeClasses.SystemOf(index)] != row.Fields[system])
                Assert.Fail($"line {row.Line}: {index + 1}");
        }
    }

    [Test]
    public void Shares_of_polymorphs_add_up_to_one()
    {
        KnownFormulas known = SmallMemory.Create();
        Assert.That(known.GroupsOf(1).ToArray(), Is.EqualTo(new byte[] { 37, 98, 220 }));
        Assert.That(known.SharesOf(1).ToArray().Sum(), Is.EqualTo(1).Within(1e-6));
        Assert.That(known.Prior.Sum(), Is.EqualTo(1).Within(1e-5));
    }
}
