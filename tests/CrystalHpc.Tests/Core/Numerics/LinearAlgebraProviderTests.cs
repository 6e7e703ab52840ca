using CrystalHpc.Core.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace CrystalHpc.Tests.Core.Numerics;

/// <summary>The linear algebra works with whatever library is there, and says which.</summary>
public sealed class LinearAlgebraProviderTests
{
    [Test]
    public void The_active_provider_is_named()
    {
        Assert.That(LinearAlgebraProvider.Name, Is.Not.Empty);
        Assert.That(LinearAlgebraProvider.Name, Is.EqualTo(LinearAlgebraControl.Provider.ToString()));
        Assert.That(Control.MaxDegreeOfParallelism, Is.EqualTo(1));
    }

    [Test]
    public void The_active_provider_solves_equations()
    {
        _ = LinearAlgebraProvider.Name;
        Matrix<double> a = Matrix<double>.Build.DenseOfArray(new double[,] { { 4, 1 }, { 1, 3 } });
        Vector<double> x = a.Cholesky().Solve(Vector<double>.Build.Dense([1, 2]));
        Assert.That(x.ToArray(), Is.EqualTo(new[] { 1.0 / 11, 7.0 / 11 }).Within(1e-15));
    }
}
