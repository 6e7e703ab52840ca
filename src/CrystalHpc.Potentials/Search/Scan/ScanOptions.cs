using System.ComponentModel.DataAnnotations;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.Potentials.Search.Scan;

/// <summary>Structure types with given elements on their sites, relaxed and ranked.</summary>
/// <param name="Model">What gives energies, as in <c>search</c>.</param>
/// <param name="PatienceSeconds">How long a program or a client may take for the energy of a structure, s.</param>
/// <param name="Elements">The elements.</param>
/// <param name="Prototypes">
/// Structure types: files of structures, folders of such, tables (<c>.csv</c>, <c>.csv.gz</c>) of the columns <c>aflow</c>,
/// <c>mineral</c>, <c>pearson</c>, <c>strukturbericht</c>, <c>lattice</c>, <c>sites</c>; empty: those
/// that are built in.
/// </param>
/// <param name="MostAtoms">Structure types of more atoms are left out.</param>
/// <param name="MostElements">Structure types of more elements are left out.</param>
/// <param name="PressureGigapascal">Pressure, GPa.</param>
/// <param name="BondAngstrom">About how long bonds are, A; null: sums of covalent radii.</param>
/// <param name="LargestForceElectronVoltPerAngstrom">Structures are relaxed until no component of a force is larger, eV/A.</param>
/// <param name="MostSteps">Steps of a relaxation, at most.</param>
public sealed record ScanOptions(
    string Model,
    [property: Range(0.01, 1e7)] double PatienceSeconds,
    IReadOnlyList<string> Elements,
    IReadOnlyList<string> Prototypes,
    [property: Range(1, 10_000)] int MostAtoms,
    [property: Range(1, 10)] int MostElements,
    [property: Range(-1e3, 1e5)] double PressureGigapascal,
    [property: Range(0.1, 20.0)] double? BondAngstrom,
    [property: Range(1e-9, 10.0)] double LargestForceElectronVoltPerAngstrom,
    [property: Range(1, 1_000_000)] int MostSteps)
{
    /// <summary>Small cells of at most three elements.</summary>
    public static ScanOptions Default { get; } = new(
        "", PatienceSeconds: 600, [], [], MostAtoms: 24, MostElements: 3, PressureGigapascal: 0, BondAngstrom: null,
            LargestForceElectronVoltPerAngstrom: 0.002, MostSteps: 500);

    /// <summary>The section of the configuration.</summary>
    public static Section<ScanOptions> Section { get; } = new("scan", "Structure types with given elements on their sites.", Default)
    {
        MayBeOff = true,
        IsOffByDefault = true,
        PathKeys = ["prototypes"],
        Check = options => options.Model.Length == 0 ? "model names no potential"
            : options.Elements.Count == 0 ? "elements names no element"
            : options.Elements.FirstOrDefault(symbol => !Element.TryParse(symbol, out _)) is { } unknown ? $"'{unknown}' is no element"
                : null,
    };

    /// <summary>The elements, each once.</summary>
    internal Element[] Species => [.. Elements.Select(Element.Of).Distinct()];
}
