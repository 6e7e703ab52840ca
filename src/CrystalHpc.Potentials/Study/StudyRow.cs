using CsvHelper;

namespace CrystalHpc.Potentials.Study;

/// <summary>A line of <c>study.csv</c>: a training, or a way to do without, and one figure of it.</summary>
/// <param name="Part">Part of the study.</param>
/// <param name="Name">What was done.</param>
/// <param name="Atoms">Atoms of the structures that were judged: one size or a range.</param>
/// <param name="Metric">What the figure is, with its unit.</param>
/// <param name="Training">Structures that it was trained on.</param>
/// <param name="Validation">The figure on validation structures.</param>
/// <param name="Test">
/// The figure on test structures, or on all of a size that was not trained on; empty where a choice is made between settings.
/// </param>
[CsvRecord]
internal sealed partial record StudyRow(
    [property: CsvColumn("part")] string Part,
    [property: CsvColumn("name")] string Name,
    [property: CsvColumn("atoms")] string Atoms,
    [property: CsvColumn("metric")] string Metric,
    [property: CsvColumn("training_structures")] int? Training,
    [property: CsvColumn("validation")] double? Validation,
    [property: CsvColumn("test")] double? Test)
{
    /// <summary>Figures are told to so many decimals.</summary>
    public static double? Rounded(double? value) => value is { } number && double.IsFinite(number) ? Math.Round(number, 4) : null;
}
