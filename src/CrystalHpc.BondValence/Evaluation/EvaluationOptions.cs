using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>How the fit and other parameter tables are judged, all on the same sites.</summary>
/// <param name="Tables">Published tables to compare with: CSV, or CIF with the loop of the IUCr's accumulated table; relative to the
/// configuration file.</param>
/// <param name="Folds">
/// Parts for cross-validation: the fit is repeated without each of them and judged on it. 0 or 1: no held-out figures.
/// </param>
/// <param name="BootstrapSamples">Samples behind each interval of 95 %; 0: no intervals.</param>
/// <param name="Seed">Chooses folds and samples.</param>
/// <param name="GateAngstrom">Sites that every table misses by this, |0.37 ln(V/sum)|, are excluded from the filtered figures, Å.</param>
/// <param name="ExcludeDoubtfulParameters">Excludes sites with a bond whose parameters are flagged at-bound or extrapolated in a
/// table.</param>
/// <param name="RoundEachBond">Rounds the valence of each bond before adding, for comparison with an earlier study.</param>
public sealed record EvaluationOptions(
    IReadOnlyList<string> Tables,
    [property: Range(0, 100)] int Folds,
    [property: Range(0, 100_000)] int BootstrapSamples,
    [property: Range(0, int.MaxValue)] int Seed,
    [property: Range(0.01, 100.0)] double GateAngstrom,
    bool ExcludeDoubtfulParameters,
    bool RoundEachBond)
{
    /// <summary>Five folds, 1,000 samples, no other tables.</summary>
    public static EvaluationOptions Default { get; } = new(
        Tables: [], Folds: 5, BootstrapSamples: 1000, Seed: 1, GateAngstrom: 0.30, ExcludeDoubtfulParameters: true, RoundEachBond: false);
}
