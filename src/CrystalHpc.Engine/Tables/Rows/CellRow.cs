using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>
/// The cell of an accepted structure and what stands in it: a row of <c>cells.csv</c>, by which redeterminations are recognized. Places are
/// written as <c>Na 0 0 0;Cl 0.5 0.5 0.5</c>, in fractions of the cell edges.
/// </summary>
[CsvRecord]
public sealed partial record CellRow(
    [property: CsvColumn("group_id")] string GroupId,
    [property: CsvColumn("a_A")] double A,
    [property: CsvColumn("b_A")] double B,
    [property: CsvColumn("c_A")] double C,
    [property: CsvColumn("alpha_deg")] double Alpha,
    [property: CsvColumn("beta_deg")] double Beta,
    [property: CsvColumn("gamma_deg")] double Gamma,
    [property: CsvColumn("places")] string Places);
