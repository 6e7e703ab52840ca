using CsvHelper;

namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>A row of <c>dos.csv</c>.</summary>
/// <param name="Terahertz">Frequency, THz; imaginary ones as negative numbers.</param>
/// <param name="WaveNumber">The same, 1/cm.</param>
/// <param name="Density">Waves of the cell in an interval of frequency, 1/THz.</param>
[CsvRecord]
internal sealed partial record DensityRow(
    [property: CsvColumn("frequency_THz")] double Terahertz,
    [property: CsvColumn("frequency_per_cm")] double WaveNumber,
    [property: CsvColumn("density_per_THz")] double Density);
