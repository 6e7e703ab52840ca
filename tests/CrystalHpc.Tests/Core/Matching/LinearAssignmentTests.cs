using CrystalHpc.Core.Matching;

namespace CrystalHpc.Tests.Core.Matching;

/// <summary>The least sum of costs, against all permutations.</summary>
public sealed class LinearAssignmentTests
{
    [Test]
    public void No_permutation_is_cheaper([Values(1, 2, 3, 5, 7)] int n, [Range(1, 8)] int seed)
    {
        var random = new Random(100 * n + seed);
        // Whole numbers: ties occur.
        double[] costs = [.. Enumerable.Range(0, n * n).Select(_ => (double)random.Next(10))];
        int[] columns = new int[n];
        var assignment = new LinearAssignment();
        assignment.Solve(new double[81], new int[9]);
        assignment.Solve(costs, columns);
        Assert.That(columns.Order(), Is.EqualTo(Enumerable.Range(0, n)));
        Assert.That(Cost(columns), Is.EqualTo(Permutations(n).Min(Cost)));

        double Cost(int[] permutation) => Enumerable.Range(0, n).Sum(row => costs[row * n + permutation[row]]);
    }

    private static IEnumerable<int[]> Permutations(int n) => n == 0
        ? [[]]
        : Permutations(n - 1).SelectMany(rest => Enumerable.Range(0, n).Select(at => (int[])[.. rest[..at], n - 1, .. rest[at..]]));
}
