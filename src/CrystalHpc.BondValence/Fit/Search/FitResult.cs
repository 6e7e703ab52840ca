using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>What a pair of parameters rests on.</summary>
public enum ParameterSource
{
    /// <summary>Enough equations.</summary>
    Fitted,

    /// <summary>Two groups of structures at most: what they scatter by is that of other pairs.</summary>
    Prior,

    /// <summary>No usable equation: r0 is the prediction of the radius model, B the center of its prior.</summary>
    Extrapolated,
}

/// <summary>What to beware of in a pair of parameters.</summary>
[Flags]
public enum ParameterCautions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>B or r0 lies on a bound of the fit: the model does not describe these bonds.</summary>
    AtBound = 1,

    /// <summary>Too few groups of structures to see what they scatter by.</summary>
    FewEquations = 2,

    /// <summary>The data say little about B beyond its prior: use the pair near its pivot length only.</summary>
    WeaklyDetermined = 4,

    /// <summary>
    /// The sites fall into two groups with different r0, such as two spin states: one pair of parameters describes neither.
    /// </summary>
    TwoPopulations = 8,

    /// <summary>
    /// All its structures are one group, such as the redeterminations of one mineral: r0 is an estimate, and one wrong structure is enough
    /// to spoil it.
    /// </summary>
    SingleGroup = 16,

    /// <summary>A bond of the mean length has less than 0.01 valence units: these ions stand near one another without a bond.</summary>
    NoConnection = 32,
}

/// <summary>Fitted parameters of one key, with what they rest on.</summary>
public sealed record BondParameters
{
    /// <summary>Cation and anion species.</summary>
    public required BondKey Key { get; init; }

    /// <summary>Length of a bond of one valence unit, Å.</summary>
    public required double R0Angstrom { get; init; }

    /// <summary>Standard error of r0, Å.</summary>
    public required double R0ErrorAngstrom { get; init; }

    /// <summary>Half of a 95 % interval in standard errors for a normal error.</summary>
    public const double NormalQuantile = 1.959963984540054;

    /// <summary>
    /// Half of the 95 % interval of r0 in standard errors: Student's t, larger than normal where few groups of structures decide.
    /// </summary>
    public double R0Quantile { get; init; } = NormalQuantile;

    /// <summary>The same for B.</summary>
    public double SoftnessQuantile { get; init; } = NormalQuantile;

    /// <summary>Groups of structures that the equations come from; 0 when they were not told apart.</summary>
    public int GroupCount { get; init; }

    /// <summary>Softness B, Å.</summary>
    public required double SoftnessAngstrom { get; init; }

    /// <summary>Standard error of B, Å.</summary>
    public required double SoftnessErrorAngstrom { get; init; }

    /// <summary>Correlation of the errors of r0 and B.</summary>
    public required double Correlation { get; init; }

    /// <summary>Bond length at which the curve is known best, Å.</summary>
    public required double PivotLengthAngstrom { get; init; }

    /// <summary>Mean bond length from which the fit counted, Å.</summary>
    public required double MeanLengthAngstrom { get; init; }

    /// <summary>Equations used.</summary>
    public required long SiteCount { get; init; }

    /// <summary>Bonds in them.</summary>
    public required long BondCount { get; init; }

    /// <summary>Structures that they come from.</summary>
    public required long StructureCount { get; init; }

    /// <summary>Weighted root mean square of valence sum minus oxidation state over them, v.u.; NaN without equations.</summary>
    public required double RmsdValence { get; init; }

    /// <summary>What the parameters rest on.</summary>
    public required ParameterSource Source { get; init; }

    /// <summary>What to beware of.</summary>
    public required ParameterCautions Flags { get; init; }
}

/// <summary>Outcome for the equations of one shard, in the order of its table.</summary>
/// <param name="CalculatedValences">Valence sum with the fitted parameters, v.u.</param>
/// <param name="IsGated">True for equations that the gate left out.</param>
/// <param name="Weights">Weight of each equation in the fit; 0 for those left out.</param>
public sealed record ShardResiduals(IReadOnlyList<double> CalculatedValences, IReadOnlyList<bool> IsGated, IReadOnlyList<double> Weights);

/// <summary>Result of a fit; all but <see cref="Residuals"/> is the same in every process.</summary>
public sealed record FitResult
{
    /// <summary>The law that the parameters belong to.</summary>
    public required BondLaw Law { get; init; }

    /// <summary>The minimum as the search has it: a and ln B of each key in turn.</summary>
    public required IReadOnlyList<double> Point { get; init; }

    /// <summary>Parameters of each key, in the order of the keys.</summary>
    public required IReadOnlyList<BondParameters> Parameters { get; init; }

    /// <summary>Center of the prior on a = (r0 - rbar)/B of each key.</summary>
    public required IReadOnlyList<double> OffsetCenters { get; init; }

    /// <summary>Center of the prior on ln B of each key.</summary>
    public required IReadOnlyList<double> LogSoftnessCenters { get; init; }

    /// <summary>Precision (1/variance) of the prior on each parameter: on (r0 - rbar)/B and ln B of each key in turn.</summary>
    public required IReadOnlyList<double> PriorPrecisions { get; init; }

    /// <summary>What the prior on each parameter adds to the scatter of scores: <see cref="FitPriors.Scatter"/>.</summary>
    public required IReadOnlyList<double> PriorScatter { get; init; }

    /// <summary>By how much the equations of each key overstate what its groups of structures know.</summary>
    public required IReadOnlyList<double> OffsetExcess { get; init; }

    /// <summary>The model behind prior and extrapolated values; predicts further keys.</summary>
    public required RadiusRegression RadiusModel { get; init; }

    /// <summary>Iterations of the first search, its start first.</summary>
    public required IReadOnlyList<FitIteration> History { get; init; }

    /// <summary>Why the optimizer ended.</summary>
    public required StoppingReason Reason { get; init; }

    /// <summary>How the searches from different starts compare.</summary>
    public required StartComparison Starts { get; init; }

    /// <summary>Function value at the end.</summary>
    public required double Value { get; init; }

    /// <summary>Equations used.</summary>
    public required long EquationCount { get; init; }

    /// <summary>Equations that the gate left out.</summary>
    public required long GatedCount { get; init; }

    /// <summary>Sum of the weights of the equations used, as they were given.</summary>
    public required double TotalWeight { get; init; }

    /// <summary>Exponents cut at the solution; anything but 0 deserves a look.</summary>
    public required long CutExponents { get; init; }

    /// <summary>Keys whose structures fall into two populations; empty when nobody looked.</summary>
    public IReadOnlyList<TwoPopulationFit> TwoPopulations { get; init; } = [];

    /// <summary>Outcome for the equations of each local shard.</summary>
    public required IReadOnlyList<ShardResiduals> Residuals { get; init; }
}
