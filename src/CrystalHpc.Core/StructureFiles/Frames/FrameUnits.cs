namespace CrystalHpc.Core.StructureFiles;

/// <summary>Units of the numbers in a file whose format does not fix them. Forces are energy over length.</summary>
/// <param name="LengthAngstrom">Unit of length, Å.</param>
/// <param name="EnergyElectronVolt">Unit of energy, eV.</param>
/// <param name="StressElectronVoltPerCubicAngstrom">Unit of stress, eV/Å³.</param>
/// <remarks>Bohr and hartree: CODATA 2022. The electronvolt and the Avogadro constant are exact in the SI.</remarks>
public sealed record FrameUnits(double LengthAngstrom, double EnergyElectronVolt, double StressElectronVoltPerCubicAngstrom)
{
    private const double Bohr = 0.529177210544;
    private const double Hartree = 27.211386245981;
    private const double KilojoulePerMole = 1 / 96.48533212331002;
    private const double Gigapascal = 1 / 160.2176634;

    private static readonly Dictionary<string, double> Lengths = new(StringComparer.OrdinalIgnoreCase)
    {
        ["angstrom"] = 1, ["A"] = 1, ["bohr"] = Bohr, ["nm"] = 10,
    };

    private static readonly Dictionary<string, double> Energies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["eV"] = 1, ["meV"] = 1e-3, ["hartree"] = Hartree, ["Ha"] = Hartree, ["rydberg"] = Hartree / 2, ["Ry"] = Hartree / 2,
        ["kJ/mol"] = KilojoulePerMole, ["kcal/mol"] = 4.184 * KilojoulePerMole,
    };

    private static readonly Dictionary<string, double> Stresses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["eV/A3"] = 1, ["GPa"] = Gigapascal, ["kbar"] = 0.1 * Gigapascal, ["bar"] = 1e-4 * Gigapascal,
    };

    /// <summary>Å, eV and eV/Å³.</summary>
    public static FrameUnits ElectronVoltAngstrom { get; } = new(1, 1, 1);

    /// <summary>The words that <see cref="TryParse"/> knows.</summary>
    public static IEnumerable<string> Words => [.. Lengths.Keys, .. Energies.Keys, .. Stresses.Keys];

    /// <summary>Unit of force, eV/Å.</summary>
    public double ForceElectronVoltPerAngstrom => EnergyElectronVolt / LengthAngstrom;

    /// <summary>
    /// Reads a unit of length and one of energy, such as <c>bohr,hartree</c>, and a unit of stress where it is not energy over volume, such
    /// as
    /// <c>angstrom,eV,GPa</c>. The order is free; case is ignored.
    /// </summary>
    /// <returns>The units; null when a word is unknown, a kind of unit is named twice, or length or energy is missing.</returns>
    public static FrameUnits? TryParse(string text)
    {
        double? length = null, energy = null, stress = null;
        foreach (string word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            bool isNew = Lengths.TryGetValue(word, out double unit) ? length is null
                : Energies.TryGetValue(word, out unit) ? energy is null
                : Stresses.TryGetValue(word, out unit) && stress is null;
            if (!isNew)
                return null;
            if (Lengths.ContainsKey(word))
                length = unit;
            else if (Energies.ContainsKey(word))
                energy = unit;
            else
                stress = unit;
        }

        return length is { } l && energy is { } e ? new FrameUnits(l, e, stress ?? e / (l * l * l)) : null;
    }

    /// <summary>The unit of energy that a word names, eV; null when it names none.</summary>
    internal static double? EnergyOf(string word) => Energies.TryGetValue(word, out double unit) ? unit : null;
}
