using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrystalHpc.Tests.Core.SpaceGroups;

/// <summary>
/// The settings and their operations, against gemmi 0.5.7 (producer: Data/gemmi-operations.csv) and the orders of the groups.
/// </summary>
public sealed class SpaceGroupTests
{
    // Orders of the point groups, each with the number of its last space group (International Tables A, table 2.1.1.1 and 2.1.2.1).
    private static readonly (int Last, int Order)[] PointGroupOrders =
    [
        (1, 1), (2, 2), (5, 2), (9, 2), (15, 4), (24, 4), (46, 4), (74, 8), (80, 4), (82, 4), (88, 8), (98, 8), (110, 8), (122, 8),
        (142, 16),
        (146, 3), (148, 6), (155, 6), (161, 6), (167, 12), (173, 6), (174, 6), (176, 12), (182, 12), (186, 12), (190, 12), (194, 24),
        (199, 12), (206, 24), (214, 24), (220, 24), (230, 48),
    ];

    [Test]
    public void There_are_530_settings_of_230_groups()
    {
        Assert.That(SpaceGroup.Tabulated, Has.Count.EqualTo(530));
        Assert.That(SpaceGroup.Tabulated.Select(group => group.Number).Distinct(), Is.EqualTo(Enumerable.Range(1, 230)));
        Assert.That(SpaceGroup.Tabulated.Select(group => group.ToString()), Is.Unique);
    }

    [Test]
    public void Operations_of_every_setting_are_those_of_gemmi()
    {
        string table = Path.Combine(TestContext.CurrentContext.TestDirectory, "Core/SpaceGroups/Data/gemmi-operations.csv");
        string[][] reference = [.. File.ReadLines(table)
            .Where(line => line[0] != '#').Skip(1).Select(line => line.Split(','))];
        Assert.That(reference.Select(row => row[0]), Is.EqualTo(SpaceGroup.All.Select(group => group.HallSymbol)));
        for (int i = 0; i < reference.Length; i++)
        {
            string[] triplets = [.. SpaceGroup.All[i].Operations.Select(SymmetryTriplet.Format).Order(StringComparer.Ordinal)];
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', triplets))));
            string order = triplets.Length.ToString(CultureInfo.InvariantCulture);
            Assert.That((order, hash), Is.EqualTo((reference[i][1], reference[i][2])), SpaceGroup.All[i].HallSymbol);
        }
    }

    [Test]
    public void Orders_are_point_group_times_centerings()
    {
        foreach (SpaceGroup group in SpaceGroup.All)
        {
            int pointGroup = PointGroupOrders.First(row => group.Number <= row.Last).Order;
            int centerings = group.HallSymbol.TrimStart('-')[0] switch { 'P' => 1, 'F' => 4, 'R' => 3, _ => 2 };
            Assert.That(group.Operations, Has.Count.EqualTo(pointGroup * centerings), group.HallSymbol);
        }
    }

    [Test]
    public void Every_product_of_two_operations_is_an_operation()
    {
        foreach (SpaceGroup group in SpaceGroup.Tabulated)
        {
            var operations = group.Operations.ToHashSet();
            Assert.That(operations, Has.Count.EqualTo(group.Operations.Count), group.HallSymbol);
            Assert.That(group.Operations[0], Is.EqualTo(SymmetryOperation.Identity));
            foreach (SymmetryOperation left in group.Operations)
            {
                foreach (SymmetryOperation right in group.Operations)
                {
                    SymmetryOperation product = SymmetryOperation.Compose(left, right);
                    if (!operations.Contains(product))
                        Assert.Fail($"{group.HallSymbol}: {SymmetryTriplet.Format(product)}");
                }
            }
        }
    }

    [Test]
    public void Operations_are_recognized_in_any_order()
    {
        foreach (SpaceGroup group in SpaceGroup.All)
        {
            SpaceGroup? identified = SpaceGroup.Identify([.. group.Operations.Reverse()]);
            Assert.That(identified?.Number, Is.EqualTo(group.Number), group.HallSymbol);
            Assert.That(identified!.Operations.ToHashSet().SetEquals(group.Operations), Is.True, group.HallSymbol);
        }

        Assert.That(SpaceGroup.Identify([SymmetryOperation.Identity with { T1 = 0.1 }]), Is.Null);
        Assert.That(SpaceGroup.Identify([.. SpaceGroup.Tabulated[529].Operations.Skip(1)]), Is.Null);
    }

    [TestCase(166, "R -3 m :H", "R -3 m :R")]
    [TestCase(227, "F d -3 m :2", "F d -3 m :1")]
    [TestCase(14, "P 1 21/c 1", "P 1 1 21/a", "P 21/b 1 1")]
    [TestCase(62, "P n m a")]
    [TestCase(231)]
    public void A_number_stands_for_the_standard_setting_first(int number, params string[] expected) =>
        Assert.That(SpaceGroup.FromNumber(number).Select(group => group.ToString()), Is.EqualTo(expected));
}
