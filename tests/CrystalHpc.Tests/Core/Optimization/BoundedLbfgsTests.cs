using System.Text.Json;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Tests.Core.Optimization;

/// <summary>The optimizer against known minima, and each reason to stop.</summary>
public class BoundedLbfgsTests
{
    private static readonly LbfgsOptions Options = new(History: 10, MaxIterations: 500, GradientTolerance: 1e-9,
        RelativeChangeTolerance: 0);

    private static LbfgsResult Minimize(TestProblem problem, LbfgsOptions? options = null, LbfgsObserver? observer = null,
        LbfgsCheckpointing? checkpointing = null) => BoundedLbfgs.Minimize(
        problem, problem.Start, problem.Bounds ?? Bounds.None(problem.ParameterCount),
        problem.Curvature ?? [.. problem.Start.Select(_ => 1.0)], options ?? Options, observer, checkpointing);

    private static TestProblem Problem(Func<double, double> value, Func<double, double> derivative, double start) =>
        new("one variable", x => (value(x[0]), [derivative(x[0])]), [start], [0]);

    [TestCaseSource(typeof(TestProblems), nameof(TestProblems.All))]
    public void The_known_minimum_is_found_and_the_gradient_says_so(TestProblem problem)
    {
        LbfgsResult result = Minimize(problem);
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.Gradient));
        for (int i = 0; i < problem.Minimum.Length; i++)
            Assert.That(result.Parameters[i], Is.EqualTo(problem.Minimum[i]).Within(1e-5), $"x[{i}]");
        Assert.That(result.Value, Is.EqualTo(problem.Function(problem.Minimum).Value).Within(1e-9));
    }

    // The gradient asks for a step of 1.2 at the start; that the function is large there does not make it small.
    [Test]
    public void A_large_value_is_no_reason_to_take_the_start_for_a_minimum()
    {
        TestProblem problem = new("large", x => (1e9 * Math.Cosh(x[0]), [1e9 * Math.Sinh(x[0])]), [1], [0], null, [1e9]);
        LbfgsResult result = Minimize(problem, Options with { GradientTolerance = 1e-6 });
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.Gradient));
        Assert.That(result.Parameters[0], Is.EqualTo(0).Within(1e-6));
    }

    [TestCaseSource(typeof(TestProblems), nameof(TestProblems.All))]
    public void Every_point_lies_within_the_bounds_and_none_goes_up(TestProblem problem)
    {
        double last = double.PositiveInfinity;
        Bounds bounds = problem.Bounds ?? Bounds.None(problem.ParameterCount);
        Minimize(problem, null, (iteration, x) =>
        {
            Assert.That(iteration.Value, Is.LessThanOrEqualTo(last + 1e-14 * Math.Abs(last)));
            last = iteration.Value;
            for (int i = 0; i < x.Length; i++)
                Assert.That(x[i], Is.InRange(bounds.Lower[i], bounds.Upper[i]));
        });
    }

    [TestCaseSource(typeof(TestProblems), nameof(TestProblems.All))]
    public void The_gradients_of_the_catalogue_are_right(TestProblem problem)
    {
        double[] x = [.. problem.Start.Select((v, i) => v + 0.001 * (i + 1))];
        double[] gradient = problem.Function(x).Gradient;
        for (int i = 0; i < x.Length; i++)
        {
            const double h = 1e-5;
            double[] up = [.. x], down = [.. x];
            up[i] += h;
            down[i] -= h;
            double difference = (problem.Function(up).Value - problem.Function(down).Value) / (2 * h);
            Assert.That(gradient[i], Is.EqualTo(difference).Within(1e-4 * Math.Max(1, Math.Abs(difference))));
        }
    }

    [TestCaseSource(typeof(TestProblems), nameof(TestProblems.All))]
    public void Taken_up_again_from_any_iteration_the_search_takes_the_same_steps_to_the_last_bit(TestProblem problem)
    {
        List<LbfgsIteration> undisturbed = [];
        List<string> saved = [];
        LbfgsResult expected = Minimize(problem, null, (iteration, _) => undisturbed.Add(iteration), new LbfgsCheckpointing(null, Save));
        Assert.That(saved, Has.Count.EqualTo(expected.Iterations));
        foreach (string json in saved)
        {
            LbfgsState state = JsonSerializer.Deserialize<LbfgsState>(json)!;
            List<LbfgsIteration> history = [.. state.Passed];
            LbfgsResult result = Minimize(problem, null, (iteration, _) => history.Add(iteration), new LbfgsCheckpointing(state, _ => { }));
            Assert.That(
                (result.Reason, result.Value, result.Iterations, result.Evaluations),
                Is.EqualTo((expected.Reason, expected.Value, expected.Iterations, expected.Evaluations)),
                $"from iteration {state.Iteration}");
            Assert.That(result.Parameters, Is.EqualTo(expected.Parameters));
            Assert.That(history, Is.EqualTo(undisturbed));
        }

        void Save(Func<LbfgsState> capture) => saved.Add(JsonSerializer.Serialize(capture()));
    }

    [Test]
    public void Twice_the_same_start_gives_the_same_bits()
    {
        TestProblem problem = TestProblems.All.First(p => p.Name == "Rosenbrock, 20 variables");
        LbfgsResult first = Minimize(problem), second = Minimize(problem);
        Assert.That(second.Parameters, Is.EqualTo(first.Parameters));
    }

    [Test]
    public void It_stops_at_once_for_the_gradient_when_the_start_is_the_minimum()
    {
        LbfgsResult result = Minimize(Problem(x => x * x, x => 2 * x, 0));
        Assert.That((result.Reason, result.Iterations, result.Evaluations), Is.EqualTo((StoppingReason.Gradient, 0, 1)));
    }

    [Test]
    public void It_stops_for_the_change_of_the_function_when_that_tolerance_is_met_first()
    {
        LbfgsOptions options = Options with { GradientTolerance = 1e-14, RelativeChangeTolerance = 1e-3 };
        Assert.That(Minimize(Problem(x => Math.Pow(x, 4), x => 4 * Math.Pow(x, 3), 1.3), options).Reason,
            Is.EqualTo(StoppingReason.FunctionChange));
    }

    [Test]
    public void It_stops_for_the_number_of_iterations_and_says_so()
    {
        TestProblem rosenbrock = TestProblems.All.First(p => p.Name == "Rosenbrock");
        LbfgsResult result = Minimize(rosenbrock, Options with { MaxIterations = 3 });
        Assert.That((result.Reason, result.Iterations), Is.EqualTo((StoppingReason.MaxIterations, 3)));
    }

    [Test]
    public void It_stops_for_the_line_search_when_the_gradient_lies()
    {
        LbfgsResult result = Minimize(Problem(x => -x, x => 1, 0));
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.LineSearchFailed));
        Assert.That(result.Parameters[0], Is.Zero, "the start is kept");
    }

    [TestCase(double.NaN, 1.0)]
    [TestCase(double.PositiveInfinity, 1.0)]
    [TestCase(1.0, double.NaN)]
    public void It_stops_when_the_start_is_not_finite(double value, double derivative)
    {
        Assert.That(Minimize(Problem(_ => value, _ => derivative, 1)).Reason, Is.EqualTo(StoppingReason.NotFinite));
    }

    [Test]
    public void A_step_to_NaN_is_taken_back()
    {
        // From 3 the first full step of the scaled gradient lands at -3, where the function is NaN.
        TestProblem wall = new("wall", x => x[0] < 0.5 ? (double.NaN, [double.NaN]) : (Square(x[0] - 1), [2 * (x[0] - 1)]), [3], [1], null,
            [0.1]);
        LbfgsResult result = Minimize(wall);
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.Gradient));
        Assert.That(result.Parameters[0], Is.EqualTo(1).Within(1e-8));
    }

    [Test]
    public void A_start_outside_is_moved_into_the_bounds()
    {
        TestProblem problem = new("outside", x => (Square(x[0]), [2 * x[0]]), [9], [2], new Bounds([2], [5]));
        Assert.That(Minimize(problem).Parameters[0], Is.EqualTo(2));
    }

    [Test]
    public void Bounds_out_of_order_are_refused()
    {
        Assert.That(() => new Bounds([1], [0]), Throws.ArgumentException);
    }

    private static double Square(double x) => x * x;
}
