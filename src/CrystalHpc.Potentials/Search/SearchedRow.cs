using CsvHelper;

namespace CrystalHpc.Potentials.Search;

/// <summary>A structure of a search: a row of <c>history.csv</c>.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Operator">How it was made.</param>
/// <param name="Parents">What it was made from.</param>
/// <param name="EnthalpyElectronVolt">Enthalpy, eV; empty where it could not be relaxed.</param>
/// <param name="BestElectronVolt">Lowest enthalpy so far, eV.</param>
/// <param name="Problem">Why it could not be relaxed.</param>
[CsvRecord]
internal sealed partial record SearchedRow(
    [property: CsvColumn("number")] int Number,
    [property: CsvColumn("operator")] string Operator,
    [property: CsvColumn("parents")] string Parents,
    [property: CsvColumn("enthalpy_eV")] double? EnthalpyElectronVolt,
    [property: CsvColumn("best_eV")] double? BestElectronVolt,
    [property: CsvColumn("problem")] string Problem);
