using CsvHelper;

namespace CrystalHpc.Learning.Models;

/// <summary>A line of <c>study.csv</c>: a training, or what was published, and one figure of it.</summary>
/// <param name="Part">Part of the study.</param>
/// <param name="Name">What was done.</param>
/// <param name="Target">The target.</param>
/// <param name="Metric">What the figure is, such as mae, in the unit of the target, or accuracy, a share; <c>single_mae</c> and
/// <c>single_mae_deviation</c> are the mean and the standard deviation of the errors of the networks of a committee.</param>
/// <param name="Training">Rows that it was trained on and that know the target.</param>
/// <param name="Validation">The figure on validation rows.</param>
/// <param name="Test">The figure on test rows; empty where a choice is made between settings.</param>
[CsvRecord]
public sealed partial record StudyRow(
    [property: CsvColumn("part")] string Part,
    [property: CsvColumn("name")] string Name,
    [property: CsvColumn("target")] string Target,
    [property: CsvColumn("metric")] string Metric,
    [property: CsvColumn("training_rows")] int? Training,
    [property: CsvColumn("validation")] double? Validation,
    [property: CsvColumn("test")] double? Test)
{
    /// <summary>Figures are told to so many decimals.</summary>
    public static double? Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 5) : null;
}
