using System.ComponentModel.DataAnnotations;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Validation;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Engine.Configuration;

/// <summary>The sections that every system shares: the way from a corpus to structures with neighbors.</summary>
public static class EngineSections
{
    /// <summary>The corpus.</summary>
    public static Section<CorpusOptions> Corpus { get; } =
        new("corpus", "Where the CIF files are and how they are dealt into shards.", CorpusOptions.Default) { PathKeys = ["paths"] };

    /// <summary>The structure reader.</summary>
    public static Section<StructureReaderOptions> Structures { get; } =
        new("structures", "Limits of the structure reader.", StructureReaderOptions.Default);

    /// <summary>Oxidation states.</summary>
    public static Section<OxidationOptions> OxidationStates { get; } =
        new("oxidation_states", "Where oxidation states come from; off: as the file states them, unchecked.", OxidationOptions.Default) {
            MayBeOff = true };

    /// <summary>Oxidation states that the user gives.</summary>
    public static Section<StateSidecarOptions> GivenStates { get; } =
        new("given_states", "A file with oxidation states for sites of the corpus, which win over all others; off: there is none.",
            new StateSidecarOptions(null, null))
        {
            MayBeOff = true, IsOffByDefault = true, PathKeys = ["file"],
            Seal = options => options.Sealed(),
        };

    /// <summary>Verdicts.</summary>
    public static Section<ValidationOptions> Validation { get; } =
        new("validation", "Which structures are accepted.", ValidationOptions.Default) { Check = ProblemOf };

    /// <summary>Groups of redeterminations.</summary>
    public static Section<GroupOptions> Groups { get; } =
        new("groups", "Which structures are redeterminations of one another; off: none are.",
            new GroupOptions(SiteTolerance: MatchTolerance.Default.Site)) { MayBeOff = true };

    /// <summary>Neighbors.</summary>
    public static Section<NeighborOptions> Neighbors { get; } =
        new("neighbors", "Which atoms count as neighbors.", NeighborOptions.ForValenceSums) { Check = NeighborOptions.ProblemOf };

    /// <summary>All of them, in the order of the data.</summary>
    public static IReadOnlyList<Section> All { get; } = [Corpus, Structures, OxidationStates, GivenStates, Validation, Groups, Neighbors];

    private static string? ProblemOf(ValidationOptions options) => options.MinimumTemperatureKelvin > options.MaximumTemperatureKelvin
        ? "'validation.minimum_temperature_kelvin' must not be above "
            + "'validation.maximum_temperature_kelvin': no structure would be accepted"
        : null;
}

/// <summary>Which accepted structures are taken for redeterminations of one another; together they weigh as much as one.</summary>
/// <param name="SiteTolerance">
/// Structures of one formula are one group when they can be laid on one another so that no atom is farther off than this many times the
/// cube root of the volume for each atom.
/// </param>
public sealed record GroupOptions([property: Range(0.01, 0.5)] double SiteTolerance)
{
    /// <summary>What the matcher takes; volumes do not matter, lengths and angles by its defaults.</summary>
    internal MatchTolerance Tolerance => MatchTolerance.Default with { Site = SiteTolerance };
}
