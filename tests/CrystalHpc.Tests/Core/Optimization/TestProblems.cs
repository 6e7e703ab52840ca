using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Tests.Core.Optimization;

/// <summary>A function with its start, its bounds and its known minimum.</summary>
public sealed record TestProblem(
    string Name, Func<double[], (double Value, double[] Gradient)> Function, double[] Start, double[] Minimum, Bounds? Bounds = null,
    double[]? Curvature = null)
    : IObjective
{
    public int ParameterCount => Start.Length;

    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        (double value, double[] result) = Function(parameters.ToArray());
        result.CopyTo(gradient);
        return value;
    }

    public override string ToString() => Name;
}

/// <summary>The catalogue: each problem with the source of its minimum.</summary>
public static class TestProblems
{
    private const double Free = double.PositiveInfinity;

    public static IEnumerable<TestProblem> All =>
    [
        new("quadratic, condition 1e4", x => Quadratic(x, [1, 100, 10_000], [3, -2, 0.5]), [0, 0, 0], [3, -2, 0.5]),

        // Badly scaled, but the scale is known: curvature from 1e-8 to 1e8.
        new("badly scaled quadratic", x => Quadratic(x, [1e-8, 1, 1e8], [3, -2, 0.5]), [0, 0, 0], [3, -2, 0.5], null, [2e-8, 2, 2e8]),

        // Rosenbrock 1960: the curved valley, minimum at (1, 1).
        new("Rosenbrock", Rosenbrock, [-1.2, 1], [1, 1]),
        new("Rosenbrock, 20 variables", Rosenbrock, [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? -1.2 : 1.0)],
        [.. Enumerable.Repeat(1.0, 20)]),

        // Hock and Schittkowski 1981, problems 1 to 5: Rosenbrock and others with bounds, minima as printed there
        // (problem 2 from the right, as the start at -2 leads to its other, local minimum).
        new("Hock-Schittkowski 1", Rosenbrock, [-2, 1], [1, 1], new Bounds([-Free, -1.5], [Free, Free])),
        new("Hock-Schittkowski 2", Rosenbrock, [2, 1], [1.2243707487363527, 1.5], new Bounds([-Free, 1.5], [Free, Free])),
        new("Hock-Schittkowski 3", x => (x[1] + 1e-5 * Square(x[1] - x[0]), [-2e-5 * (x[1] - x[0]), 1 + 2e-5 * (x[1] - x[0])]),
            [10, 1], [0, 0], new Bounds([-Free, 0], [Free, Free])),
        new("Hock-Schittkowski 4", x => (Math.Pow(x[0] + 1, 3) / 3 + x[1], [Square(x[0] + 1), 1]), [1.125, 0.125], [1, 0],
        new Bounds([1, 0], [Free, Free])),
        new("Hock-Schittkowski 5", HockSchittkowski5, [0, 0], [0.5 - Math.PI / 3, -0.5 - Math.PI / 3], new Bounds([-1.5, -3], [4, 3])),

        // All variables end on bounds, lower and upper, from an interior start: signs of the gradient tell which.
        new("linear in a box", x => (x[0] - 2 * x[1] + 3 * x[2], [1, -2, 3]), [0.5, 0.5, 0.5], [0, 1, -1],
        new Bounds([0, 0, -1], [1, 1, 1])),

        // The start sits on the wrong bounds; the minimum is inside.
        new("quadratic from a corner", x => Quadratic(x, [1, 10, 5], [0.2, 0.7, 0.4]), [1, 0, 1], [0.2, 0.7, 0.4],
        new Bounds([0, 0, 0], [1, 1, 1])),

        // The function is NaN beyond a wall that the first steps hit.
        new("barrier", x => (x[0] - Math.Log(x[0]), [1 - 1 / x[0]]), [0.01], [1]),
    ];

    private static (double, double[]) Quadratic(double[] x, double[] weights, double[] minimum) =>
        (x.Select((v, i) => weights[i] * Square(v - minimum[i])).Sum(), [.. x.Select((v, i) => 2 * weights[i] * (v - minimum[i]))]);

    public static (double, double[]) Rosenbrock(double[] x)
    {
        double value = 0;
        double[] gradient = new double[x.Length];
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double valley = x[i + 1] - x[i] * x[i];
            value += 100 * valley * valley + Square(1 - x[i]);
            gradient[i] += -400 * x[i] * valley - 2 * (1 - x[i]);
            gradient[i + 1] += 200 * valley;
        }

        return (value, gradient);
    }

    private static (double, double[]) HockSchittkowski5(double[] x) => (
        Math.Sin(x[0] + x[1]) + Square(x[0] - x[1]) - 1.5 * x[0] + 2.5 * x[1] + 1,
        [Math.Cos(x[0] + x[1]) + 2 * (x[0] - x[1]) - 1.5, Math.Cos(x[0] + x[1]) - 2 * (x[0] - x[1]) + 2.5]);

    private static double Square(double x) => x * x;
}
