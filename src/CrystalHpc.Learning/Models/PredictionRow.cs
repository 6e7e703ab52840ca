using System.Globalization;
using CsvHelper;

namespace CrystalHpc.Learning.Models;

/// <summary>
/// A row of <c>predictions.csv</c>: what a model says of one target of one row of data. What makes no sense for a target is empty.
/// </summary>
/// <param name="Row">Number of the row of data, from 0.</param>
/// <param name="Id">What the data call it.</param>
/// <param name="Target">The target.</param>
/// <param name="Actual">What the data say; empty where they do not.</param>
/// <param name="Predicted">What the model says: the most probable class, or a number.</param>
/// <param name="StandardError">Standard error of a number.</param>
/// <param name="Probability">Probability of the class.</param>
/// <param name="InDomain">False where the input lies outside what the model was trained on.</param>
[CsvRecord]
public sealed partial record PredictionRow(
    [property: CsvColumn("row")] int Row,
    [property: CsvColumn("id")] string Id,
    [property: CsvColumn("target")] string Target,
    [property: CsvColumn("actual")] string? Actual,
    [property: CsvColumn("predicted")] string Predicted,
    [property: CsvColumn("standard_error")] double? StandardError,
    [property: CsvColumn("probability")] double? Probability,
    [property: CsvColumn("in_domain")] bool InDomain)
{
    /// <summary>The row of a number.</summary>
    public static PredictionRow OfNumber(int row, string id, string target, double? actual, double predicted, double? standardError,
        bool isInDomain) =>
        new(row, id, target, actual is { } known ? Text(known) : null, Text(predicted), standardError, null, isInDomain);

    /// <summary>The row of a class.</summary>
    public static PredictionRow OfClass(int row, string id, string target, string? actual, string predicted, double probability,
        bool isInDomain) =>
        new(row, id, target, actual, predicted, null, probability, isInDomain);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
