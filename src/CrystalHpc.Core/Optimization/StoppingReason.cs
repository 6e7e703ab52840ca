namespace CrystalHpc.Core.Optimization;

/// <summary>Why a minimization ended. Only <see cref="Gradient"/> and <see cref="FunctionChange"/> mean success.</summary>
public enum StoppingReason
{
    /// <summary>The projected gradient is within its tolerance: a minimum, or at least a stationary point, was reached.</summary>
    Gradient,

    /// <summary>The function changed by less than its tolerance in one iteration.</summary>
    FunctionChange,

    /// <summary>The limit of iterations was reached.</summary>
    MaxIterations,

    /// <summary>No step along the search direction lowers the function, even along the gradient itself.</summary>
    LineSearchFailed,

    /// <summary>The function or its gradient is not finite at the start.</summary>
    NotFinite,
}
