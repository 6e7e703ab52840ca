using CsvHelper;

namespace CrystalHpc.Potentials.Commands.Searching;

/// <summary>A round of <c>search grow</c>: a row of <c>rounds.csv</c>.</summary>
/// <param name="Round">Its number, from 1.</param>
/// <param name="Trained">Labelled structures that the potential was trained on.</param>
/// <param name="Found">Structures that its searches kept.</param>
/// <param name="Spread">Nine of ten have no force on which the committee differs by more, eV/A.</param>
/// <param name="Labelled">New labels.</param>
/// <param name="EnergyError">
/// Root of the mean square error of energies of the newly labelled, before they are trained on, eV an atom; empty without any.
/// </param>
[CsvRecord]
internal sealed partial record GrowthRow(
    [property: CsvColumn("round")] int Round,
    [property: CsvColumn("trained")] int Trained,
    [property: CsvColumn("found")] int Found,
    [property: CsvColumn("spread_eV_per_A")] double Spread,
    [property: CsvColumn("labelled")] int Labelled,
    [property: CsvColumn("energy_rmse_eV_per_atom")] double? EnergyError);
