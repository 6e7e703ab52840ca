using System.ComponentModel.DataAnnotations;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.Potentials.Search.Growth;

/// <summary>
/// A neural potential that grows by short searches: what they find and the committee is not sure of is labelled, and the potential trained
/// again.
/// </summary>
/// <param name="Oracle">What gives labels, as <c>search.model</c>.</param>
/// <param name="PatienceSeconds">How long a program or a client may take for the energy of a structure, s.</param>
/// <param name="Systems">Atoms of the crystals that are searched for, such as <c>Cu2Ag2</c>.</param>
/// <param name="Drawn">Crystals that are drawn and labelled to begin with.</param>
/// <param name="Rounds">Rounds after which it ends.</param>
/// <param name="Structures">Structures of each search.</param>
/// <param name="Labels">New labels of a round, at most.</param>
/// <param name="SpreadElectronVoltPerAngstrom">
/// It ends when nine of ten structures that the searches of a round kept have no force on which the committee differs by more, eV/A.
/// </param>
/// <param name="HighestElectronVolt">
/// Structures whose energy by the oracle lies farther above the lowest that is known are not trained on, eV an atom.
/// </param>
/// <param name="Seed">Seed.</param>
public sealed record GrowthOptions(
    string Oracle,
    [property: Range(0.01, 1e7)] double PatienceSeconds,
    IReadOnlyList<string> Systems,
    [property: Range(10, 1_000_000)] int Drawn,
    [property: Range(1, 1_000)] int Rounds,
    [property: Range(1, 1_000_000)] int Structures,
    [property: Range(1, 1_000_000)] int Labels,
    [property: Range(1e-6, 100.0)] double SpreadElectronVoltPerAngstrom,
    [property: Range(0.01, 1e6)] double HighestElectronVolt,
    [property: Range(0, int.MaxValue)] int Seed)
{
    /// <summary>A few rounds of short searches.</summary>
    public static GrowthOptions Default { get; } = new(
        "", PatienceSeconds: 600, [], Drawn: 60, Rounds: 6, Structures: 60, Labels: 40, SpreadElectronVoltPerAngstrom: 0.05,
            HighestElectronVolt: 2, Seed: 1);

    /// <summary>The section of the configuration.</summary>
    public static Section<GrowthOptions> Section { get; } =
        new("grow", "A potential that grows by short searches; how it is trained stands in 'potential'.", Default)
    {
        MayBeOff = true,
        IsOffByDefault = true,
        Check = options => options.Oracle.Length == 0 ? "oracle names nothing that gives labels"
            : options.Systems.Count == 0 ? "systems names no atoms to search with"
            : options.Systems.FirstOrDefault(atoms => OptionsOf(options, atoms).Species is null) is { } bad
                ? $"'{bad}' is not a list of elements with whole numbers, such as 'Cu2Ag2'" : null,
    };

    /// <summary>The search for crystals of some atoms.</summary>
    internal static SearchOptions OptionsOf(GrowthOptions options, string atoms) =>
        SearchOptions.Default with { Atoms = atoms, Structures = options.Structures, Seed = options.Seed };
}
