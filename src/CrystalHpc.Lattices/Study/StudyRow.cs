using CsvHelper;

namespace CrystalHpc.Lattices.Study;

/// <summary>A line of <c>study.csv</c>: one training, or one way to do without, and how good it is.</summary>
/// <param name="Part">Part of the study.</param>
/// <param name="Name">What was done.</param>
/// <param name="Target">What was predicted.</param>
/// <param name="Metric">How good it is: accuracy and top3 are shares, mae is in A or degrees, mape in percent.</param>
/// <param name="Training">Rows that it was trained on.</param>
/// <param name="Validation">The figure on validation rows.</param>
/// <param name="Test">The figure on test rows; empty where a choice between settings is made, which test rows have no part in.</param>
[CsvRecord]
internal sealed partial record StudyRow(
    [property: CsvColumn("part")] string Part,
    [property: CsvColumn("name")] string Name,
    [property: CsvColumn("target")] string Target,
    [property: CsvColumn("metric")] string Metric,
    [property: CsvColumn("training_rows")] int? Training,
    [property: CsvColumn("validation")] double? Validation,
    [property: CsvColumn("test")] double? Test);
