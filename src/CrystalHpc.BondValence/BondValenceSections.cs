using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.BondValence;

/// <summary>The sections of the configuration that bond valence brings.</summary>
public static class BondValenceSections
{
    /// <summary>Pair distances.</summary>
    public static Section<PairDistanceOptions> PairDistances { get; } =
        new("pair_distances", "How distances of pairs are counted.", PairDistanceOptions.Default);

    /// <summary>Equations.</summary>
    public static Section<EquationOptions> Equations { get; } =
        new("equations", "Makes bond-valence equations of accepted structures; off: pairs are "
            + "counted by element, over all listed neighbors.", new EquationOptions())
        {
            MayBeOff = true,
        };

    /// <summary>The fit.</summary>
    public static Section<FitOptions> Fit { get; } =
        new("fit", "How parameters are fitted to the equations.", FitOptions.Default) {
            MayBeOff = true, Check = FitOptions.ProblemOf, PathKeys = ["prior_table"] };

    /// <summary>The evaluation.</summary>
    public static Section<EvaluationOptions> Evaluation { get; } =
        new("evaluation", "How the fit is judged, and against which tables.", EvaluationOptions.Default) {
            MayBeOff = true, PathKeys = ["tables"] };

    /// <summary>All of them, in the order of the data.</summary>
    public static IReadOnlyList<Section> All { get; } = [PairDistances, Equations, Fit, Evaluation];
}
