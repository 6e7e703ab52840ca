using System.ComponentModel.DataAnnotations;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.Potentials.Search;

/// <summary>What is looked for.</summary>
public enum SearchKind
{
    /// <summary>A crystal: atoms and cell.</summary>
    Crystal,

    /// <summary>A particle without a cell.</summary>
    Particle,
}

/// <summary>An evolutionary search for the structure of lowest energy.</summary>
/// <param name="Model">
/// A model file, a folder of n2p2, an analytic potential (<c>gupta</c>, <c>sutton_chen</c>, <c>lennard_jones</c>), <c>program:COMMAND</c> with <c>{in}</c> and <c>{out}</c> for the files that it
/// reads and writes, or <c>unix:NAME</c> and <c>port:HOST:PORT</c>, where clients of i-PI come.
/// </param>
/// <param name="PatienceSeconds">How long a program or a client may take for the energy of a structure, s.</param>
/// <param name="Kind">A crystal or a particle.</param>
/// <param name="Atoms">All atoms of the cell or the particle, such as <c>Cu19Ag19</c>.</param>
/// <param name="Structures">Number of structures that are relaxed.</param>
/// <param name="Population">Number of structures that are bred from.</param>
/// <param name="Window">A structure is bred from the population as it stood so many structures before: at least the number of ranks.</param>
/// <param name="PressureGigapascal">Pressure on crystals, GPa.</param>
/// <param name="BondAngstrom">About how long bonds are, A; null: sums of covalent radii.</param>
/// <param name="LargestForceElectronVoltPerAngstrom">Structures are relaxed until no component of a force is larger, eV/A.</param>
/// <param name="MostSteps">Steps of a relaxation, at most.</param>
/// <param name="Seed">Seed.</param>
public sealed record SearchOptions(
    string Model,
    [property: Range(0.01, 1e7)] double PatienceSeconds,
    SearchKind Kind,
    string Atoms,
    [property: Range(1, 100_000_000)] int Structures,
    [property: Range(4, 10_000)] int Population,
    [property: Range(1, 10_000)] int Window,
    [property: Range(-1e3, 1e5)] double PressureGigapascal,
    [property: Range(0.1, 20.0)] double? BondAngstrom,
    [property: Range(1e-9, 10.0)] double LargestForceElectronVoltPerAngstrom,
    [property: Range(1, 1_000_000)] int MostSteps,
    [property: Range(0, int.MaxValue)] int Seed)
{
    private const int MostAtoms = 10_000;

    /// <summary>Two dozen structures are bred from, each family having at most three of them.</summary>
    public static SearchOptions Default { get; } = new(
        "", PatienceSeconds: 600, SearchKind.Crystal, "", Structures: 1_000, Population: 24, Window: 16, PressureGigapascal: 0, BondAngstrom: null,
        LargestForceElectronVoltPerAngstrom: 0.002, MostSteps: 500, Seed: 1);

    /// <summary>The section of the configuration.</summary>
    public static Section<SearchOptions> Section { get; } = new("search", "A search for structures of low energy.", Default)
    {
        MayBeOff = true,
        IsOffByDefault = true,
        Check = options => options.Model.Length == 0 ? "model names no potential"
            : options.Species is null ? $"atoms '{options.Atoms}' is not a list of elements with whole numbers, such as 'Cu19Ag19'" : null,
    };

    /// <summary>The element of each atom; null where the text does not say.</summary>
    internal Element[]? Species => Formula.TryParse(Atoms, out Formula? formula, out _) && formula.Terms.All(term => term.Amount.IsWhole && term.Amount.ToDouble() <= MostAtoms)
        ? [.. formula.Terms.SelectMany(term => Enumerable.Repeat(term.Element, (int)term.Amount.ToDouble()))] : null;
}
