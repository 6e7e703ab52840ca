using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Tests.Core.Optimization;

/// <summary>Conjugate gradients against known minima without bounds.</summary>
public sealed class NonlinearConjugateGradientTests
{
    private static readonly LbfgsOptions Options = new(History: 1, MaxIterations: 5000, GradientTolerance: 1e-7,
        RelativeChangeTolerance: 0);

    [TestCaseSource(nameof(Unbounded))]
    public void The_known_minimum_is_found(TestProblem problem)
    {
        LbfgsResult result = NonlinearConjugateGradient.Minimize(problem, problem.Start, Options);
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.Gradient));
        Assert.That(result.Parameters, Is.EqualTo(problem.Minimum).Within(1e-4));
    }

    [Test]
    public void A_bowl_of_n_dimensions_takes_about_n_iterations()
    {
        double[] stiffness = [1, 3, 10, 30, 100, 300];
        var bowl = new TestProblem(
            "bowl", x => (0.5 * x.Zip(stiffness).Sum(pair => pair.First * pair.First * pair.Second),
            [.. x.Zip(stiffness).Select(pair => pair.First * pair.Second)]),
            [1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0]);
        Assert.That(NonlinearConjugateGradient.Minimize(bowl, bowl.Start, Options).Iterations, Is.LessThan(20));
    }

    [Test]
    public void A_start_that_is_no_number_is_told()
    {
        var broken = new TestProblem("broken", _ => (double.NaN, [0]), [1], [0]);
        Assert.That(NonlinearConjugateGradient.Minimize(broken, broken.Start, Options).Reason, Is.EqualTo(StoppingReason.NotFinite));
    }

    // Conjugate gradients know nothing of scales, which problems with curvatures are about.
    private static IEnumerable<TestProblem> Unbounded() => TestProblems.All.Where(problem => problem is { Bounds: null, Curvature: null });
}
