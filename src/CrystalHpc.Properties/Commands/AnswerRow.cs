using CsvHelper;

namespace CrystalHpc.Properties.Commands;

/// <summary>A line of the table that <c>predict --csv</c> writes.</summary>
/// <param name="Input">The crystal.</param>
/// <param name="Target">The target; empty when the crystal was refused.</param>
/// <param name="Value">Its value; empty when there is none.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Low">Lower end of the interval that holds nine in ten.</param>
/// <param name="High">Upper end.</param>
/// <param name="Unit">The unit of these.</param>
/// <param name="InDomain">False where there is a warning.</param>
/// <param name="Model">The model that says so.</param>
/// <param name="Warning">Warnings, or why there is no value, or why the crystal was refused.</param>
[CsvRecord]
internal sealed partial record AnswerRow(
    [property: CsvColumn("input")] string Input,
    [property: CsvColumn("target")] string? Target,
    [property: CsvColumn("value")] double? Value,
    [property: CsvColumn("standard_error")] double? StandardError,
    [property: CsvColumn("low90")] double? Low,
    [property: CsvColumn("high90")] double? High,
    [property: CsvColumn("unit")] string? Unit,
    [property: CsvColumn("in_domain")] bool InDomain,
    [property: CsvColumn("model")] string? Model,
    [property: CsvColumn("warning")] string? Warning)
{
    /// <summary>Stands near the beginning of every such table.</summary>
    public const string Signature = "input,target,value,standard_error";
}
