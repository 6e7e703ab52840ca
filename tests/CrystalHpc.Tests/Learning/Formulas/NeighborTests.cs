using CrystalHpc.Core.Elements;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Neighbors;

namespace CrystalHpc.Tests.Learning.Formulas;

/// <summary>Searches for neighbors against plain ones over all candidates.</summary>
public sealed class NeighborTests
{
    private static readonly string[] Perovskites = ["SrTiO3", "BaTiO3", "CaTiO3", "BaZrO3", "KNbO3", "NaTaO3", "LaAlO3", "KMgF3", "CsPbI3"];

    // Elements, common and rare stoichiometries, more elements than slots, and several formulas at the same distance.
    private static readonly string[] Others =
    [
        "Fe", "Cu", "NaCl", "KCl", "KBr", "CsCl", "RbI", "MgO", "CaO", "TiO2", "SnO2", "ZrO2", "CaF2", "Al2O3", "Cr2O3", "Fe3O4", "MgAl2O4",
        "ZnFe2O4", "Sr2TiO4", "Ca2TiO4", "CuAu", "Cu3Au",
        "Ni3Al", "GaAs", "InSb", "Na2SO4", "K2SO4", "CaCO3", "BaCO3", "La2CuO4", "YBa2Cu3O7", "LiFePO4", "LiMnPO4", "NaAlSi3O8", "KAlSi3O8",
        "CaMgSi2O6", "KCaMgFeAlSiO7", "NaCaMgFeAlSiO8",
    ];

    [Test]
    public void Mixtures_are_found_as_a_plain_search_finds_them()
    {
        Composition[] memory = [.. Perovskites.Concat(Others).Select(FormulaFeaturesTests.CompositionOf)];
        var search = new MixtureNeighbors(memory);
        NearestList[] lists = [.. memory.Select(_ => new NearestList(7))];
        for (int first = 0; first < memory.Length; first += MixtureNeighbors.Lanes)
        {
            Range part = first..Math.Min(memory.Length, first + MixtureNeighbors.Lanes);
            search.Find(memory.AsSpan(part), [.. Enumerable.Range(0, memory.Length).Take(part)], [.. Enumerable.Range(0, memory.Length)],
                lists.AsSpan(part));
        }

        foreach ((Composition query, NearestList nearest) in memory.Zip(lists))
        {
            double[] expected = [.. memory.Where(member => member.Text != query.Text).Select(member => MixtureDistance(query, member))
                .Order().Take(7)];
            Assert.That(nearest.SquaredDistances.ToArray(), Is.EqualTo(expected).Within(1e-6), query.Text);
            Assert.That(nearest.Indices.ToArray().Select(i => MixtureDistance(query, memory[i])), Is.EqualTo(expected).Within(1e-6));
        }
    }

    [Test]
    public void Formulas_of_other_amounts_are_found_as_a_plain_search_finds_them()
    {
        Composition[] memory = [.. Perovskites.Concat(Others).Select(FormulaFeaturesTests.CompositionOf)];
        var search = new SlotNeighbors(new AmountFamilies(memory));
        NearestList[] lists = [.. memory.Select(_ => new NearestList(7))];
        for (int first = 0; first < memory.Length; first += SlotNeighbors.Lanes)
        {
            Range part = first..Math.Min(memory.Length, first + SlotNeighbors.Lanes);
            search.Find(memory.AsSpan(part), lists.AsSpan(part));
        }

        foreach ((Composition query, NearestList nearest) in memory.Zip(lists))
        {
            double[] expected = [.. memory.Where(member => !member.Amounts.SequenceEqual(query.Amounts))
                .Select(member => SlotDistance(query, member)).Order().Take(7)];
            Assert.That(nearest.SquaredDistances.ToArray(), Is.EqualTo(expected).Within(1e-5), query.Text);
            Assert.That(nearest.Indices.ToArray().Select(i => SlotDistance(query, memory[i])), Is.EqualTo(expected).Within(1e-5));
        }
    }

    [Test]
    public void Long_families_are_searched_by_runs_as_a_plain_search_finds_them()
    {
        // All oxides, fluorides and chlorides AB2 of 60 elements: the first slot bounds the rest.
        Composition[] memory = [.. new[] { "O", "F", "Cl" }.SelectMany(
            anion => Enumerable.Range(19, 60).Select(z => new Element((byte)z).Symbol)
            .Where(cation => cation != anion).Select(cation => FormulaFeaturesTests.CompositionOf($"{cation}{anion}2")))];
        var search = new AnonymousNeighbors(memory);
        var nearest = new NearestList(48);
        Composition query = FormulaFeaturesTests.CompositionOf("TiS2");
        search.Find(query, _ => false, nearest);
        Assert.That(nearest.SquaredDistances.ToArray(), Is.EqualTo(memory.Select(member => Best(query, member)).Order().Take(48))
            .Within(1e-3));
    }

    [Test]
    public void Formulas_of_the_same_amounts_are_found_by_the_best_assignment_of_elements()
    {
        Composition[] memory = [.. Perovskites.Select(FormulaFeaturesTests.CompositionOf)];
        var search = new AnonymousNeighbors(memory);
        var nearest = new NearestList(4);
        Composition query = FormulaFeaturesTests.CompositionOf("SrZrO3");
        search.Find(query, member => member == 0, nearest);
        int[] expected = [.. Enumerable.Range(1, memory.Length - 1).OrderBy(i => Best(query, memory[i])).Take(4)];
        Assert.That(nearest.Indices.ToArray(), Is.EqualTo(expected));
        Assert.That(nearest.SquaredDistances[0], Is.EqualTo(Best(query, memory[expected[0]])).Within(1e-3));
    }

    [Test]
    public void A_swapped_pair_is_aligned_with_the_slots_of_the_query()
    {
        // By electronegativity gold stands before copper in one and behind zinc in the other.
        Composition query = FormulaFeaturesTests.CompositionOf("KCl"), member = FormulaFeaturesTests.CompositionOf("BrRb");
        var search = new AnonymousNeighbors([member]);
        var nearest = new NearestList(1);
        search.Find(query, _ => false, nearest);
        var aligned = new byte[2];
        search.Align(member, nearest.Tags[0], aligned);
        for (int slot = 0; slot < 2; slot++)
            Assert.That(ElementSpace.SquaredDistances(query.Elements[slot])[aligned[slot]], Is.LessThan(0.2));
    }

    [Test]
    public void A_formula_is_never_its_own_neighbor()
    {
        Composition[] memory = [.. Perovskites.Select(FormulaFeaturesTests.CompositionOf)];
        NeighborTable table = new FormulaNeighbors(memory).Find(memory);
        for (int row = 0; row < memory.Length; row++)
        {
            Assert.That(table.AlikeOf(row).ToArray(), Does.Not.Contain(row));
            Assert.That(table.OthersOf(row)[..NeighborTable.Mixed].ToArray(), Does.Not.Contain(row));
            Assert.That(table.AlikeOf(row).ToArray().Count(neighbor => neighbor >= 0), Is.EqualTo(memory.Length - 1));
            Assert.That(table.OthersOf(row)[NeighborTable.Mixed..].ToArray(), Is.All.EqualTo(-1), "all have the same amounts");
        }
    }

    [Test]
    public void Permutations_keep_to_equal_amounts_and_begin_with_the_identity()
    {
        int[][] permutations = SlotPermutations.Of([4, 1, 1, 1]);
        Assert.That(permutations, Has.Length.EqualTo(6));
        Assert.That(permutations[0], Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(permutations.Select(permutation => permutation[0]), Is.All.EqualTo(0));
        Assert.That(SlotPermutations.Of([2, 2, 2, 2, 1, 1]), Has.Length.EqualTo(24), "the second group stays in order");
    }

    private static double MixtureDistance(Composition left, Composition right)
    {
        double[] difference = new double[Composition.KnownElements];
        for (int i = 0; i < left.Count; i++)
            difference[left.Elements[i]] += left.Fraction(i);
        for (int i = 0; i < right.Count; i++)
            difference[right.Elements[i]] -= right.Fraction(i);
        double sum = 0;
        for (int i = 0; i < difference.Length; i++)
        {
            for (int j = 0; j < difference.Length; j++)
                sum += difference[i] * difference[j] * Math.Exp(-ElementSpace.SquaredDistances(i)[j] / (0.35 * 0.35));
        }

        return sum;
    }

    private static double SlotDistance(Composition left, Composition right)
    {
        double sum = 0.09 * (Math.Pow(Math.Log((double)left.Atoms / right.Atoms), 2) + Math.Pow(left.Count - right.Count, 2));
        for (int slot = 0; slot < Composition.Slots; slot++)
        {
            (double f, double g) = (slot < left.Count ? left.Fraction(slot) : 0, slot < right.Count ? right.Fraction(slot) : 0);
            sum += 16 * (f - g) * (f - g);
            for (int axis = 0; axis < ElementSpace.Dimensions; axis++)
            {
                double x = f > 0 ? Math.Sqrt(f) * ElementSpace.Of(left.Elements[slot])[axis] : 0,
                    y = g > 0 ? Math.Sqrt(g) * ElementSpace.Of(right.Elements[slot])[axis] : 0;
                sum += (x - y) * (x - y);
            }
        }

        return sum;
    }

    private static double Best(Composition query, Composition member) => SlotPermutations.Of(query.Amounts)
        .Min(permutation => Enumerable.Range(0, query.Count).Sum(slot
            => (double)ElementSpace.SquaredDistances(query.Elements[slot])[member.Elements[permutation[slot]]]));
}
