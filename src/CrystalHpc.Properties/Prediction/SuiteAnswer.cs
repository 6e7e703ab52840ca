using CrystalHpc.Properties.Data;

namespace CrystalHpc.Properties.Prediction;

/// <summary>What a suite of models says of one quantity of a crystal.</summary>
/// <param name="Target">The quantity.</param>
/// <param name="Model">The model that answers; null when none does.</param>
/// <param name="Prediction">What the model says of all its targets; null when none answers.</param>
/// <param name="Reason">Why there is no value; null when there is one.</param>
/// <param name="IsSpecial">Answered by a model of one structure type, beside the answer of a general model.</param>
public sealed record SuiteAnswer(
    PropertyTarget Target, PropertyModel? Model, PropertyPrediction? Prediction, string? Reason, bool IsSpecial = false)
{
    // Of standard errors; holds nine in ten.
    private const double HalfWidth = 1.645;

    /// <summary>Some model answers once the structure is known.</summary>
    public bool NeedsStructure { get; init; }

    /// <summary>The value, as networks learn it; null when there is none.</summary>
    public double? Value => Reason is null ? Prediction!.Values[Place] : null;

    /// <summary>Its standard error.</summary>
    public double? StandardError => Reason is null ? Prediction!.Errors[Place] : null;

    /// <summary>What holds nine in ten values; none for a question.</summary>
    public (double Low, double High)? Interval => Value is { } value && StandardError is { } error && !Target.IsQuestion
        ? (Target.Clamp(value - HalfWidth * error), Target.Clamp(value + HalfWidth * error)) : null;

    /// <summary>Unit of value and error.</summary>
    public string? Unit => Model?.Targets[Place].Column.Unit;

    /// <summary>False where there is a warning, or no value.</summary>
    public bool IsInDomain => Prediction?.IsInDomain ?? false;

    /// <summary>Why the value may be wrong by more.</summary>
    public IReadOnlyList<string> Warnings => Prediction?.Warnings ?? [];

    private int Place => Model!.IndexOf(Target.Name);
}
