namespace CrystalHpc.Core.Optimization;

/// <summary>
/// All that a minimization by <see cref="BoundedLbfgs"/> needs to go on from an iteration: taken up again with the same function, bounds,
/// curvature and options it takes the same steps to the last bit.
/// </summary>
public sealed record LbfgsState
{
    /// <summary>The iteration that comes next.</summary>
    public required int Iteration { get; init; }

    /// <summary>Evaluations so far.</summary>
    public required int Evaluations { get; init; }

    /// <summary>Function value at <see cref="Point"/>.</summary>
    public required double Value { get; init; }

    /// <summary>Largest change of a parameter in the last iteration.</summary>
    public required double StepLength { get; init; }

    /// <summary>Whether the last change of the function was within its tolerance.</summary>
    public required bool IsUnchanged { get; init; }

    /// <summary>The iterate.</summary>
    public required double[] Point { get; init; }

    /// <summary>The gradient there.</summary>
    public required double[] Gradient { get; init; }

    /// <summary>Steps that are remembered, oldest first.</summary>
    public required double[][] Steps { get; init; }

    /// <summary>Changes of the gradient that belong to them.</summary>
    public required double[][] GradientChanges { get; init; }

    /// <summary>The iterations before this one.</summary>
    public required LbfgsIteration[] Passed { get; init; }
}

/// <summary>How a minimization is saved and taken up again.</summary>
/// <param name="ResumeFrom">State to go on from; null: begin at the start.</param>
/// <param name="OnIteration">Called before each step with a function that captures the state there; an exception it throws ends the
/// minimization.</param>
public sealed record LbfgsCheckpointing(LbfgsState? ResumeFrom, Action<Func<LbfgsState>> OnIteration);
