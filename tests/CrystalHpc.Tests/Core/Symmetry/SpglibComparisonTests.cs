using CrystalHpc.Benchmarks;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Tests.Core.Symmetry;

/// <summary>25,867 structures against spglib 2.8.0 (producer: shared/gold/README.md). docs/symmetry.md explains what differs.</summary>
public sealed class SpglibComparisonTests
{
    private static readonly Lazy<List<JudgedStructure>> Structures =
        new(() => SymmetryTables.Load(Path.GetDirectoryName(TestPaths.SharedOrIgnore("gold"))!));

    [TestCase(0, 0.1, 5.0, 25_862)]
    [TestCase(1, 0.01, null, 25_866)]
    [TestCase(2, 0.001, null, 25_866)]
    public void Space_groups_are_those_of_spglib(int column, double tolerance, double? degrees, int expected)
    {
        var finder = new SymmetryFinder();
        int same = Structures.Value.Count(structure =>
            finder.Find(structure.Cell, new SymmetryTolerance(tolerance, degrees))?.Number == structure.Numbers[column]);
        Assert.That((same, Structures.Value.Count), Is.EqualTo((expected, 25_867)), "the figures of docs/symmetry.md");
    }

    [Test]
    public void Hall_symbols_primitive_cells_site_symmetries_and_letters_are_those_of_spglib()
    {
        var finder = new SymmetryFinder();
        var permutations = new Dictionary<int, IReadOnlyList<string>>();
        int sameGroups = 0, sameEquivalents = 0, sameLetters = 0;
        foreach (JudgedStructure structure in Structures.Value)
        {
            CrystalSymmetry found = finder.Find(structure.Cell, SymmetryTolerance.Default)!;
            if (found.Number != structure.Numbers[1])
                continue;
            sameGroups++;
            Assert.That((found.Group.HallSymbol, found.Primitive.Count), Is.EqualTo((structure.Hall, structure.PrimitiveAtoms)),
                structure.Name);
            // spglib counts only operations that the lattice of the given cell allows; supercells may lack some.
            Assert.That(found.EquivalentAtoms.ToArray().Distinct().Count(), Is.LessThanOrEqualTo(structure.Equivalent.Distinct().Count()),
                structure.Name);
            sameEquivalents += found.EquivalentAtoms.SequenceEqual(structure.Equivalent) ? 1 : 0;
            sameLetters += found.WyckoffLetters == structure.Wyckoff ? 1 : 0;
            if (found.WyckoffLetters == structure.Wyckoff)
                continue;
            // From other axes or another origin of equal right: the letters are exchanged as the normalizer does it.
            if (!permutations.TryGetValue(found.Number, out IReadOnlyList<string>? maps))
                permutations[found.Number] = maps = NormalizerPermutations.Of(found.Number);
            string letters = string.Concat(WyckoffPosition.Of(found.Number).Select(position => position.Letter));
            Assert.That(maps.Any(map => string.Concat(found.WyckoffLetters.Select(
                letter => map[letters.IndexOf(letter, StringComparison.Ordinal)])) == structure.Wyckoff),
                $"{structure.Name} {found.Number}: {found.WyckoffLetters} {structure.Wyckoff}");
        }

        Assert.That((sameGroups, sameEquivalents, sameLetters), Is.EqualTo((25_866, 25_846, 25_305)), "the figures of docs/symmetry.md");
    }
}
