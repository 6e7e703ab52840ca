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

/// <summary>Ways to search.</summary>
public enum SearchWay
{
    /// <summary>Structures are bred from the best.</summary>
    Evolution,

    /// <summary>
    /// As many walkers as the window is long: each rattles and relaxes its structure, and keeps what Metropolis would (D. J. Wales and J.
    /// P. K. Doye, 1997).
    /// </summary>
    BasinHopping,

    /// <summary>Each start is annealed by Metropolis Monte Carlo, then relaxed.</summary>
    MonteCarlo,

    /// <summary>Each start is relaxed, no more.</summary>
    Relaxation,
}

/// <summary>Where structures come from that have no parents.</summary>
public enum StartKind
{
    /// <summary>Atoms at random that do not overlap.</summary>
    Random,

    /// <summary>Crystals of a space group drawn at random, on general and special positions.</summary>
    SpaceGroup,

    /// <summary>Known lattices, decorated at random; particles are carved out of them.</summary>
    Lattice,

    /// <summary>The structures of <c>start_files</c>, repeated to the number of atoms and rattled.</summary>
    Supercell,

    /// <summary>The structures of <c>start_files</c>, made fit where they have more or fewer atoms.</summary>
    Files,
}

/// <summary>When two structures are the same.</summary>
public enum SameTest
{
    /// <summary>Their enthalpies differ by less than 0.1 meV.</summary>
    Enthalpy,

    /// <summary>The normalized product of their radial distribution functions is above 0.995.</summary>
    Rdf,

    /// <summary>The matcher of <c>crystalhpc match</c> says so; crystals only.</summary>
    Matcher,
}

/// <summary>A search for the structure of lowest energy.</summary>
/// <param name="Model">
/// A model file, a folder of n2p2, an analytic potential (<c>gupta</c>, <c>sutton_chen</c>, <c>lennard_jones</c>), <c>program:COMMAND</c>
/// with <c>{in}</c> and <c>{out}</c> for the files that it
/// reads and writes, or <c>unix:NAME</c> and <c>port:HOST:PORT</c>, where clients of i-PI come.
/// </param>
/// <param name="PatienceSeconds">How long a program or a client may take for the energy of a structure, s.</param>
/// <param name="Kind">A crystal or a particle.</param>
/// <param name="Atoms">All atoms of the cell or the particle, such as <c>Cu19Ag19</c>.</param>
/// <param name="Structures">Number of structures that are relaxed.</param>
/// <param name="Population">Number of structures that are bred from.</param>
/// <param name="Window">
/// A structure is bred from the population as it stood so many structures before: at least the number of ranks.
/// </param>
/// <param name="PressureGigapascal">Pressure on crystals, GPa.</param>
/// <param name="BondAngstrom">About how long bonds are, A; null: sums of covalent radii.</param>
/// <param name="LargestForceElectronVoltPerAngstrom">Structures are relaxed until no component of a force is larger, eV/A.</param>
/// <param name="MostSteps">Steps of a relaxation, at most.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Way">How it searches.</param>
/// <param name="Starts">
/// Where structures without parents come from, in turn: <c>random</c>, <c>space_group</c>, <c>lattice</c>, <c>supercell</c> or
/// <c>files</c>, the last two of <c>start_files</c>.
/// </param>
/// <param name="StartFiles">Files of structures to start from.</param>
/// <param name="FreeComposition">
/// True: only the number of atoms is kept, and structures of any composition of the elements of <c>atoms</c> compete by their height above
/// the hull.
/// </param>
/// <param name="Same">When two structures are the same.</param>
/// <param name="Family">Places that a family of structures has in the population.</param>
/// <param name="Contenders">Structures that are drawn for a tournament, whose best becomes a parent.</param>
/// <param name="TemperatureKelvin">Temperature of basin hopping, and of the beginning of Monte Carlo, K.</param>
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
    [property: Range(0, int.MaxValue)] int Seed,
    SearchWay Way,
    IReadOnlyList<string> Starts,
    IReadOnlyList<string> StartFiles,
    bool FreeComposition,
    SameTest Same,
    [property: Range(1, 10_000)] int Family,
    [property: Range(1, 1_000)] int Contenders,
    [property: Range(0.0, 1e7)] double TemperatureKelvin)
{
    private const int MostAtoms = 10_000;

    /// <summary>Two dozen structures are bred from, each family having at most three of them.</summary>
    public static SearchOptions Default { get; } = new(
        "", PatienceSeconds: 600, SearchKind.Crystal, "", Structures: 1_000, Population: 24, Window: 16, PressureGigapascal: 0,
        BondAngstrom: null,
        LargestForceElectronVoltPerAngstrom: 0.002, MostSteps: 500, Seed: 1, SearchWay.Evolution, ["random"], [], FreeComposition: false,
        SameTest.Enthalpy,
        Family: 3, Contenders: 3, TemperatureKelvin: 2_000);

    /// <summary>The section of the configuration.</summary>
    public static Section<SearchOptions> Section { get; } = new("search", "A search for structures of low energy.", Default)
    {
        MayBeOff = true,
        IsOffByDefault = true,
        PathKeys = ["start_files"],
        Check = ProblemOf,
    };

    /// <summary>The element of each atom; null where the text does not say.</summary>
    internal Element[]? Species => Formula.TryParse(Atoms, out Formula? formula, out _)
        && formula.Terms.All(term => term.Amount.IsWhole && term.Amount.ToDouble() <= MostAtoms)
        ? [.. formula.Terms.SelectMany(term => Enumerable.Repeat(term.Element, (int)term.Amount.ToDouble()))] : null;

    /// <summary>The kinds of starts; null where a name is none.</summary>
    internal StartKind[]? StartKinds
    {
        get
        {
            Dictionary<string, StartKind> kinds = Enum.GetValues<StartKind>().ToDictionary(SnakeCase.Of);
            return Starts.All(kinds.ContainsKey) ? [.. Starts.Select(name => kinds[name])] : null;
        }
    }

    private static string? ProblemOf(SearchOptions options) =>
        options.Model.Length == 0 ? "model names no potential"
        : options.Species is null ? $"atoms '{options.Atoms}' is not a list of elements with whole numbers, such as 'Cu19Ag19'"
        : options.Starts.Count == 0 ? "starts names no kind of structures to start from"
        : options.StartKinds is not { } starts ? $"starts are some of {string.Join(", ", Enum.GetValues<StartKind>().Select(SnakeCase.Of))}"
        : options.StartFiles.Count == 0 && starts.Any(kind => kind is StartKind.Supercell or StartKind.Files)
            ? "starts from files need start_files"
        : options.Kind == SearchKind.Particle && starts.Any(kind => kind is StartKind.SpaceGroup or StartKind.Supercell)
            ? "particles have neither space groups nor supercells"
        : options.Kind == SearchKind.Particle && options.Same == SameTest.Matcher
            ? "the matcher compares crystals: same may be 'enthalpy' or 'rdf' for particles"
        : null;
}
