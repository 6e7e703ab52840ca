using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Tests.Core.Numerics;

/// <summary>Factors and solutions of small symmetric systems.</summary>
public class CholeskyTests
{
    // L = [2; 1 3; 4 -1 2] gives A = L L^T by hand.
    [Test]
    public void A_known_matrix_has_its_known_factor_and_solution()
    {
        double[] matrix = [4, 2, 8, 2, 10, 1, 8, 1, 21], vector = [4 + 4 + 24, 2 + 20 + 3, 8 + 2 + 63];
        Assert.That(Cholesky.TryFactor(matrix, 3), Is.True);
        Assert.That(new[] { matrix[0], matrix[3], matrix[4], matrix[6], matrix[7], matrix[8] },
            Is.EqualTo(new double[] { 2, 1, 3, 4, -1, 2 }).Within(1e-14));
        Cholesky.Solve(matrix, 3, vector);
        Assert.That(vector, Is.EqualTo(new double[] { 1, 2, 3 }).Within(1e-12));
    }

    // The determinant is 144; the cofactors by hand.
    [Test]
    public void A_known_matrix_has_its_known_inverse()
    {
        double[] cofactors = [209, -34, -78, -34, 20, 12, -78, 12, 36], inverse = new double[9];
        Assert.That(Cholesky.TryInvert([4, 2, 8, 2, 10, 1, 8, 1, 21], 3, inverse), Is.True);
        Assert.That(inverse, Is.EqualTo(cofactors.Select(cofactor => cofactor / 144)).Within(1e-14));
    }

    [Test]
    public void A_matrix_that_is_not_positive_definite_is_refused()
    {
        Assert.That(Cholesky.TryFactor([1, 2, 2, 1], 2), Is.False);
        Assert.That(Cholesky.TryInvert([1, 2, 2, 1], 2, new double[4]), Is.False);
    }
}
