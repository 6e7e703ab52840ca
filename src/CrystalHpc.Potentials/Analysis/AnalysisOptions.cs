using System.ComponentModel.DataAnnotations;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.Potentials.Analysis;

/// <summary>What is made of the structures of a search or a scan.</summary>
/// <param name="Inputs">Files of further structures with energies of the same model, such as those of other searches.</param>
/// <param name="Prototypes">Structure types to name structures after, as in <c>scan</c>; those that are built in come first.</param>
/// <param name="HeightElectronVolt">Structures higher above the hull are left out, eV an atom.</param>
/// <param name="Most">Structures beyond so many are left out, the highest above the hull first.</param>
/// <param name="Best">So many of the best are written as CIF, POSCAR and extended XYZ, and drawn.</param>
/// <param name="TemperaturesKelvin">Temperatures of a hull of Gibbs energies, K: enthalpy, and free energy of phonons.</param>
/// <param name="PressuresGigapascal">Its pressures, GPa.</param>
/// <param name="Vacancies">True: vacancies of the crystals on the hull.</param>
public sealed record AnalysisOptions(
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Prototypes,
    [property: Range(0.0, 1e6)] double HeightElectronVolt,
    [property: Range(1, 100_000)] int Most,
    [property: Range(0, 10_000)] int Best,
    [property: Range(0.0, 1e5)] IReadOnlyList<double> TemperaturesKelvin,
    [property: Range(-1e3, 1e5)] IReadOnlyList<double> PressuresGigapascal,
    bool Vacancies)
{
    /// <summary>The hull at rest.</summary>
    public static AnalysisOptions Default { get; } = new([], [], HeightElectronVolt: 0.2, Most: 200, Best: 10, [], [0], Vacancies: false);

    /// <summary>The section of the configuration.</summary>
    public static Section<AnalysisOptions> Section { get; } =
        new("analyze", "What is made of the structures of a search or a scan.", Default)
    {
        MayBeOff = true,
        IsOffByDefault = true,
        PathKeys = ["inputs", "prototypes"],
    };
}
