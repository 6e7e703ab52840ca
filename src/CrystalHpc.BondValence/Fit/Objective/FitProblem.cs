using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// All that is settled before the search for the minimum: start, gate, weights, priors. The same in every process but for the shards, which
/// are its own.
/// </summary>
internal sealed class FitProblem
{
    // Where a key has no bonds at all, distances count from here.
    private const double DefaultMeanLengthAngstrom = 2;

    private readonly GlobalSum _globalSum;
    private readonly ParameterTable? _priorTable;

    /// <summary>
    /// Prepares a fit. Every process calls with its own shards, and with the same table as a second prior, if there is one.
    /// </summary>
    public FitProblem(
        FitOptions options, IReadOnlyList<BondKey> keys, IReadOnlyList<EquationTable> localShards, GlobalSum globalSum,
        ParameterTable? priorTable = null)
    {
        (Options, Keys, _globalSum, _priorTable) = (options, keys, globalSum, priorTable);
        Shards = [.. localShards.Select(table => new FitShard(table))];
        AnalyticStart start = AnalyticStart.Compute(options, keys.Count, Shards, globalSum);
        MeanLengths = [.. start.MeanLengths.Select(mean => double.IsNaN(mean) ? DefaultMeanLengthAngstrom : mean)];
        double[] analytic = StartPoint(options, start.Offsets);
        Start = options.Start == FitStart.Analytic ? analytic : StartPoint(options, new double[keys.Count]);
        Gated = EquationWeights.Gate(options, keys.Count, Shards, Start);
        Statistics = KeyStatistics.Compute(keys.Count, Shards, globalSum);
        double divisor = EquationWeights.Spread(options, keys.Count, Shards, globalSum);
        Divisor = divisor > 0 ? divisor : 1;

        double[] startR0 = [.. MeanLengths.Select((mean, key) => R0(options.Law, mean, ParameterLayout.Of(analytic, key)))];
        Radii = RadiusRegression.Fit(keys, startR0, Statistics.GroupCounts, options.GroupSpreadAngstrom);
        Tying = new SoftnessTying(options, keys);
        Priors = new FitPriors(options, Tying);
        SetRadiusPriors(analytic, Start);
        Objective = new BondValenceObjective(options, keys.Count, Shards, Priors, Divisor, globalSum);
    }

    public FitOptions Options { get; }

    public IReadOnlyList<BondKey> Keys { get; }

    /// <summary>The equations of this process.</summary>
    public FitShard[] Shards { get; }

    /// <summary>Mean bond length of each key, Å.</summary>
    public double[] MeanLengths { get; }

    /// <summary>Where the search begins: laid out as <see cref="ParameterLayout"/> says.</summary>
    public double[] Start { get; }

    /// <summary>Equations that the gate left out, by shard and row.</summary>
    public bool[][] Gated { get; }

    public KeyStatistics Statistics { get; }

    /// <summary>Sum of the weights.</summary>
    public double Divisor { get; }

    public RadiusRegression Radii { get; }

    public SoftnessTying Tying { get; }

    public FitPriors Priors { get; }

    public BondValenceObjective Objective { get; }

    /// <summary>
    /// Searches the minimum; where the options give anions a say, once more with their means as centers of the priors on ln B.
    /// </summary>
    /// <param name="observer">Told about the iterations of the first search.</param>
    /// <param name="checkpointing">How to save both searches and where to go on from.</param>
    public (FitSearch.Outcome Best, FitSearch.Outcome First, StartComparison Comparison) Solve(
        LbfgsObserver? observer, FitCheckpointing? checkpointing)
    {
        double[]? minimum = checkpointing?.ResumeFrom?.FirstMinimum;
        if (minimum is null)
        {
            var found = Search().Run(Start, observer, checkpointing);
            minimum = found.Best.Point;
            if (!HasSecondSearch)
                return found;
        }

        double[] point = [.. minimum];
        (double anionWidth, double keyWidth) = (Options.SoftnessPriorAnionWidth!.Value, Options.SoftnessPriorWidth!.Value);
        AnionSoftness.Center(this, point, UncertaintiesAt(point), anionWidth, keyWidth);
        for (int key = 0; key < Keys.Count; key++)
        {
            if (Statistics.SiteCounts[key] == 0)
                point[ParameterLayout.LogSoftness(key)] = Priors.LogSoftnessMeans[key];
        }

        SetRadiusPriors(point, point);
        return Search().Run(point, null, checkpointing?.ForSecond(minimum));
    }

    private bool HasSecondSearch
        => Options is { SoftnessPriorAnionWidth: not null, SoftnessPriorWidth: not null, Softness: Softness.PerPair };

    /// <summary>Centers the priors on ln B where a fit had them.</summary>
    public void CenterSoftness(IReadOnlyList<double> logSoftness)
    {
        for (int key = 0; key < Keys.Count; key++)
            Priors.LogSoftnessMeans[key] = logSoftness[key];
        SetRadiusPriors(Start, Start);
    }

    /// <summary>A search for the minimum, from as many places as the options say.</summary>
    /// <param name="starts">Number of places; null: that of the options.</param>
    public FitSearch Search(int? starts = null) => new(this, starts);

    /// <summary>What the data say of the parameters at a point: the blocks of the Gauss-Newton Hessian and of the scores.</summary>
    public GaussNewtonBlocks InformationAt(ReadOnlySpan<double> point) =>
        GaussNewtonBlocks.Compute(Options, Keys, Shards, point, _globalSum);

    /// <summary>Covariances of the parameters of each key at a minimum.</summary>
    public ParameterUncertainty[] UncertaintiesAt(ReadOnlySpan<double> point) => Tying.IsTied
        ? ParameterUncertainty.ComputeTied(InformationAt(point), Priors, Tying)
        : ParameterUncertainty.Compute(InformationAt(point), Priors, Keys.Count);

    /// <summary>Keys with enough groups of structures to say something of their own scatter.</summary>
    public int[] KeysWithData =>
        [.. Enumerable.Range(0, Keys.Count).Where(key => Statistics.GroupCounts[key] >= GroupJackknife.FewestGroups)];

    private static double[] StartPoint(FitOptions options, double[] offsets)
    {
        double logSoftness = PortableMath.Log(options.SoftnessPriorMeanAngstrom);
        return ParameterLayout.Vector(
            offsets.Length, key => double.IsNaN(offsets[key]) ? 0 : ClipOffset(offsets[key]), _ => logSoftness);
    }

    // Information is taken at one point, keys without data are set at another.
    private void SetRadiusPriors(double[] at, double[] point)
    {
        GaussNewtonBlocks information = InformationAt(at);
        for (int key = 0; key < Keys.Count; key++)
        {
            double groups = Statistics.GroupCounts[key];
            if (groups > 0)
                Priors.OffsetExcess[key] = Excess(information.Diagonal(ParameterLayout.Offset(key)), groups,
                    at[ParameterLayout.LogSoftness(key)]);
            if (groups > 0 && !Options.RadiusPrior)
                continue;

            // r0 changes by this for each unit of a.
            double lengthOfA = BondLaws.Of(Options.Law).LengthScale(PortableMath.Exp(Priors.LogSoftnessMeans[key]));
            (double r0, double error) = Radii.Predict(key, Keys[key]);
            (double mean, double precision) = ((r0 - MeanLengths[key]) / lengthOfA, Square(lengthOfA / error));
            if (_priorTable?.Find(Keys[key]) is { } entry && entry.Valence(MeanLengths[key]) is > 0 and double valence)
            {
                double ofTable = Square(lengthOfA / Options.PriorTableErrorAngstrom);
                (mean, precision) = ((mean * precision + PortableMath.Log(valence) * ofTable) / (precision + ofTable), precision + ofTable);
            }

            Priors.OffsetMeans[key] = ClipOffset(mean);
            Priors.OffsetPrecisions[key] = Priors.OffsetExcess[key] * precision;
            if (Statistics.SiteCounts[key] == 0)
                point[ParameterLayout.Offset(key)] = Priors.OffsetMeans[key];
        }
    }

    // Equations of one group err together: of a they know what a group knows, however many they are.
    private double Excess(double information, double groups, double logSoftness)
    {
        double spread = Options.GroupSpreadAngstrom / BondLaws.Of(Options.Law).LengthScale(PortableMath.Exp(logSoftness));
        return Math.Max(1, information * spread * spread / groups);
    }

    private static double R0(BondLaw law, double meanLength, (double A, double G) parameters) =>
        BondLaws.Of(law).ToPublished(meanLength, parameters.A, parameters.G).R0Angstrom;

    private static double Square(double x) => x * x;

    private static double ClipOffset(double offset) => Math.Clamp(offset, -FitPriors.OffsetLimit, FitPriors.OffsetLimit);
}
