using System.ComponentModel.DataAnnotations;
using CrystalHpc.Core.Crystals;
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
        new("oxidation_states", "Where oxidation states come from; off: as the file states them, unchecked.", OxidationOptions.Default) { MayBeOff = true };

    /// <summary>Verdicts.</summary>
    public static Section<ValidationOptions> Validation { get; } =
        new("validation", "Which structures are accepted.", ValidationOptions.Default) { Check = ProblemOf };

    /// <summary>Groups of redeterminations.</summary>
    public static Section<GroupOptions> Groups { get; } =
        new("groups", "Which structures are redeterminations of one another; off: none are.", new GroupOptions(VolumePercent: 3)) { MayBeOff = true };

    /// <summary>Neighbors.</summary>
    public static Section<NeighborOptions> Neighbors { get; } =
        new("neighbors", "Which atoms count as neighbors.", NeighborOptions.ForValenceSums) { Check = NeighborOptions.ProblemOf };

    /// <summary>All of them, in the order of the data.</summary>
    public static IReadOnlyList<Section> All { get; } = [Corpus, Structures, OxidationStates, Validation, Groups, Neighbors];

    private static string? ProblemOf(ValidationOptions options) => options.MinimumTemperatureKelvin > options.MaximumTemperatureKelvin
        ? "'validation.minimum_temperature_kelvin' must not be above 'validation.maximum_temperature_kelvin': no structure would be accepted"
        : null;
}

/// <summary>Which accepted structures are taken for redeterminations of one another; together they weigh as much as one.</summary>
/// <param name="VolumePercent">
/// Structures of equal composition, point group and content of the primitive cell whose volumes for each atom fall into the same bucket of this
/// width, in percent, or into buckets next to one another, are one group.
/// </param>
public sealed record GroupOptions([property: Range(0.1, 50.0)] double VolumePercent);
