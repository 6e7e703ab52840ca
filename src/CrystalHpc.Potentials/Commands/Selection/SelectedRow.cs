using CsvHelper;

namespace CrystalHpc.Potentials.Commands.Selection;

/// <summary>A structure that is worth computing next: a row of what <c>potential select</c> writes.</summary>
/// <param name="Input">Its file.</param>
/// <param name="Structure">Its number there, from 0.</param>
/// <param name="Score">Distance from what is known in scaled symmetry functions, or the largest spread of a force, eV/A.</param>
[CsvRecord]
internal sealed partial record SelectedRow(
    [property: CsvColumn("input")] string Input,
    [property: CsvColumn("structure")] int Structure,
    [property: CsvColumn("score")] double Score)
{
    /// <summary>The first line of the table, by which a file of ours is known.</summary>
    public const string Signature = "input,structure,score";
}
