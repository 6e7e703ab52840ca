using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Neighbors;

namespace CrystalHpc.Tests.Learning.Formulas;

/// <summary>Searches for neighbors against plain ones over all candidates.</summary>
public sealed class NeighborTests
{
    private static readonly string[] Perovskites = ["SrTiO3", "BaTiO3", "CaTiO3", "BaZrO3", "KNbO3", "NaTaO3", "LaAlO3", "KMgF3", "CsPbI3"];

    [Test]
    public void The_tree_finds_what_a_plain_search_finds([Values(3, 20, 97)] int dimensions)
    {
        const int Count = 700, Wanted = 16;
        var random = new CounterRandom(5, (ulong)dimensions);
        var vectors = new float[Count * dimensions];
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = (float)(random.NextNormal() / (1 + i % dimensions));
        var tree = new NearestVectors(vectors, dimensions);
        var nearest = new NearestList(Wanted);
        var query = new float[dimensions];
        for (int trial = 0; trial < 20; trial++)
        {
            for (int i = 0; i < dimensions; i++)
                query[i] = (float)(random.NextNormal() / (1 + i));
            tree.Find(query, member => member % 5 == 0, nearest);
            int[] expected = [.. Enumerable.Range(0, Count).Where(member => member % 5 != 0).OrderBy(DistanceOf).Take(Wanted)];
            Assert.That(nearest.Indices.ToArray(), Is.EqualTo(expected));
            Assert.That(nearest.SquaredDistances[0], Is.EqualTo(DistanceOf(expected[0])).Within(1e-4 * (1 + DistanceOf(expected[0]))));
        }

        double DistanceOf(int member)
        {
            double sum = 0;
            for (int i = 0; i < dimensions; i++)
                sum += (vectors[member * dimensions + i] - query[i]) * (double)(vectors[member * dimensions + i] - query[i]);
            return sum;
        }
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

    private static double Best(Composition query, Composition member) => SlotPermutations.Of(query.Amounts)
        .Min(permutation => Enumerable.Range(0, query.Count).Sum(slot => (double)ElementSpace.SquaredDistances(query.Elements[slot])[member.Elements[permutation[slot]]]));
}
