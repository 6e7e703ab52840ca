namespace CrystalHpc.Core.Optimization;

/// <summary>
/// The inverse Hessian that L-BFGS remembers: the last pairs of steps and gradient changes over a diagonal start
/// (Nocedal and Wright 2006, Algorithm 7.4), restricted to the variables that are free.
/// </summary>
internal sealed class LbfgsMemory(int history, int parameterCount)
{
    private readonly double[][] _steps = new double[history][];
    private readonly double[][] _changes = new double[history][];
    private readonly double[] _alpha = new double[history];
    private readonly double[] _products = new double[history];
    private int _count;
    private int _next;

    public bool IsEmpty => _count == 0;

    public void Clear() => (_count, _next) = (0, 0);

    /// <summary>Remembers a pair, unless its curvature is not safely positive.</summary>
    public void Push(ReadOnlySpan<double> step, ReadOnlySpan<double> gradientChange)
    {
        double product = 0, square = 0, squareStep = 0;
        for (int i = 0; i < parameterCount; i++)
        {
            product += step[i] * gradientChange[i];
            square += gradientChange[i] * gradientChange[i];
            squareStep += step[i] * step[i];
        }

        if (!(product > 1e-10 * Math.Sqrt(square * squareStep)))
            return;
        step.CopyTo(_steps[_next] ??= new double[parameterCount]);
        gradientChange.CopyTo(_changes[_next] ??= new double[parameterCount]);
        _next = (_next + 1) % history;
        _count = Math.Min(_count + 1, history);
    }

    /// <summary>Copies of the pairs, oldest first.</summary>
    public (double[][] Steps, double[][] GradientChanges) Copy()
    {
        int[] order = [.. Enumerable.Range(0, _count).Select(i => (_next - _count + i + history) % history)];
        return ([.. order.Select(k => (double[])_steps[k].Clone())], [.. order.Select(k => (double[])_changes[k].Clone())]);
    }

    /// <summary>Remembers the pairs that <see cref="Copy"/> gave, and nothing else.</summary>
    public void Restore(double[][] steps, double[][] gradientChanges)
    {
        for (int k = 0; k < steps.Length; k++)
            (_steps[k], _changes[k]) = ((double[])steps[k].Clone(), (double[])gradientChanges[k].Clone());
        (_count, _next) = (steps.Length, steps.Length % history);
    }

    /// <summary>Replaces a gradient by the inverse Hessian times it; fixed variables stay untouched and out of every sum.</summary>
    /// <param name="vector">Gradient, then result.</param>
    /// <param name="curvature">Diagonal of the starting Hessian.</param>
    /// <param name="isFree">Which variables take part.</param>
    public void Apply(Span<double> vector, ReadOnlySpan<double> curvature, ReadOnlySpan<bool> isFree)
    {
        double scale = 1;
        bool isScaled = false;
        for (int age = 1; age <= _count; age++)
        {
            int k = (_next - age + history) % history;
            (double[] s, double[] y) = (_steps[k], _changes[k]);
            double sy = 0, yy = 0, sq = 0;
            for (int i = 0; i < vector.Length; i++)
            {
                if (!isFree[i])
                    continue;
                sy += s[i] * y[i];
                yy += y[i] * y[i] / curvature[i];
                sq += s[i] * vector[i];
            }

            // The part of a pair on the free variables may lack the positive curvature of the whole.
            _products[k] = sy > 1e-12 * yy ? sy : 0;
            if (_products[k] == 0)
                continue;
            if (!isScaled)
                (scale, isScaled) = (sy / yy, true);
            _alpha[k] = sq / sy;
            for (int i = 0; i < vector.Length; i++)
            {
                if (isFree[i])
                    vector[i] -= _alpha[k] * y[i];
            }
        }

        for (int i = 0; i < vector.Length; i++)
        {
            if (isFree[i])
                vector[i] *= scale / curvature[i];
        }

        for (int age = _count; age >= 1; age--)
        {
            int k = (_next - age + history) % history;
            if (_products[k] == 0)
                continue;
            (double[] s, double[] y) = (_steps[k], _changes[k]);
            double yr = 0;
            for (int i = 0; i < vector.Length; i++)
            {
                if (isFree[i])
                    yr += y[i] * vector[i];
            }

            double weight = _alpha[k] - yr / _products[k];
            for (int i = 0; i < vector.Length; i++)
            {
                if (isFree[i])
                    vector[i] += weight * s[i];
            }
        }
    }
}
