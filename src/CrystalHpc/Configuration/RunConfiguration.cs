using CrystalHpc.Core.BondValence;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Core.Validation;
using CrystalHpc.Corpora;

namespace CrystalHpc.Configuration;

/// <summary>Everything that decides a run. A section for each stage, in the order of the data; a section that is null switches its stage off.</summary>
/// <param name="RunDirectory">Where tables and results go; relative to the configuration file.</param>
/// <param name="Corpus">Where the CIF files are and how they are dealt into shards.</param>
/// <param name="Structures">Limits of the structure reader.</param>
/// <param name="OxidationStates">Where oxidation states come from; null: as the file states them, unchecked.</param>
/// <param name="Validation">Which structures are accepted.</param>
/// <param name="Neighbors">Which atoms count as neighbors.</param>
/// <param name="PairDistances">How distances of pairs are counted.</param>
/// <param name="Equations">How accepted structures become equations; null: none are made.</param>
/// <param name="Fit">How parameters are fitted; null: they are not.</param>
/// <param name="Evaluation">How the fit is judged, and against which tables; null: it is not.</param>
public sealed record RunConfiguration(
    string RunDirectory,
    CorpusOptions Corpus,
    StructureReaderOptions Structures,
    OxidationOptions? OxidationStates,
    ValidationOptions Validation,
    NeighborOptions Neighbors,
    PairDistanceOptions PairDistances,
    EquationOptions? Equations,
    FitOptions? Fit,
    EvaluationOptions? Evaluation)
{
    /// <summary>The sections as they serve for single files, without a corpus: what <c>inspect</c> uses.</summary>
    public static RunConfiguration ForSingleFiles { get; } = new(
        "runs",
        new CorpusOptions(["."], Shards: 1, MinFilesPerShard: 8, MaxFileBytes: 256 << 20, MaxExpansionRatio: 200, FailureLimitPercent: 0),
        StructureReaderOptions.Default,
        OxidationOptions.Default,
        ValidationOptions.Default,
        NeighborOptions.ForValenceSums,
        PairDistanceOptions.Default,
        new EquationOptions(GroupVolumePercent: 3),
        FitOptions.Default,
        EvaluationOptions.Default);

    /// <summary>The same with its relative paths taken from a folder.</summary>
    public RunConfiguration Resolve(string folder) => this with
    {
        RunDirectory = Path.GetFullPath(RunDirectory, folder),
        Corpus = Corpus with { Paths = [.. Corpus.Paths.Select(path => Path.GetFullPath(path, folder))] },
        Evaluation = Evaluation is null ? null : Evaluation with { Tables = [.. Evaluation.Tables.Select(path => Path.GetFullPath(path, folder))] },
    };
}
