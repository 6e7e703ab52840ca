using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// Held-out errors against the number of structures: the fit of every fold is repeated with 1/64, 1/32, ... of the groups that it may see.
/// Smaller parts are within larger ones, and every part is judged on the same sites, so that the curve tells what more structures bring.
/// </summary>
internal static class LearningCurve
{
    /// <summary>Name of the table.</summary>
    public const string FileName = "learning_curve.csv";

    // The smallest part is one in 2^this.
    private const int Halvings = 6;

    // Tells these bits from those of folds and samples.
    private const ulong Stream = 0x6C6561726E696E67;

    // What is added up for each part: sites, squares, magnitudes, wrong ones, of all sites and of those whose pairs all had data.
    private const int Columns = 8;

    /// <summary>The rows, smallest part first; the same on every rank. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="run">A merged run.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="evaluation">Number of folds, and the seed that deals groups into them and chooses the parts.</param>
    /// <param name="whole">The fits to all that each fold may see.</param>
    /// <exception cref="UserException">The job was stopped, or the run cannot be read.</exception>
    public static IReadOnlyList<LearningCurveRow> Run(Job job, RunDirectory run, FitOptions options, EvaluationOptions evaluation,
        FoldFit[] whole)
    {
        int folds = evaluation.Folds;
        FoldFit[] parts = EvaluateFolds.Fit(
            job, run, options, evaluation, folds * Halvings,
            (group, fit) => group.Fold != fit % folds && IsInPart(group.Joined, evaluation.Seed, fit / folds));
        FoldFit[] fits = [.. parts, .. whole];
        ReproducibleSum sums = Judge(job, run, options, evaluation, fits, out long[] seen);
        return [.. Enumerable.Range(0, Halvings + 1).Select(part => Row(part, fits, sums, seen, folds))];
    }

    /// <summary>Whether a group belongs to a part: one in 2^(6 - part).</summary>
    /// <param name="joined">Hash of the name of the group.</param>
    /// <param name="seed">Chooses the parts.</param>
    /// <param name="part">Number of the part.</param>
    internal static bool IsInPart(ulong joined, int seed, int part) =>
        HashedBits.Of(HashedBits.Of(joined, Stream), (ulong)(uint)seed) >> (64 - Halvings) < 1UL << part;

    // Also counts what the fits see: structures and groups by part and fold.
    private static ReproducibleSum Judge(Job job, RunDirectory run, FitOptions options, EvaluationOptions evaluation, FoldFit[] fits,
        out long[] seen)
    {
        ParameterTable[] withRadii = [.. fits.Select(fit => fit.ToTable("", options.Law, withExtrapolated: true))];
        ParameterTable[] withData = [.. fits.Select(fit => fit.ToTable("", options.Law, withExtrapolated: false))];
        ReproducibleSum sums = new((Halvings + 1) * Columns);
        int folds = evaluation.Folds;
        SiteBlocks blocks = SiteBlocks.Open(job, run, evaluation);
        blocks.ForEach((_, equations) =>
        {
            foreach (SiteEquation equation in equations.Where(equation => equation.IsCation))
            {
                int fold = blocks.Groups.FoldOf(equation.GroupId);
                for (int part = 0; part <= Halvings; part++)
                {
                    Add(sums, part * Columns, equation, withRadii[part * folds + fold]);
                    Add(sums, part * Columns + Columns / 2, equation, withData[part * folds + fold]);
                }
            }
        });
        sums.AllReduce(job.GlobalSum);
        seen = new long[2 * (Halvings + 1) * folds];
        foreach (StructureGroup group in blocks.Groups.Listed(folds, evaluation.Seed))
        {
            for (int fit = 0; fit < seen.Length / 2; fit++)
            {
                if (fit % folds == group.Fold || !IsInPart(group.Joined, evaluation.Seed, fit / folds))
                    continue;
                seen[2 * fit] += group.Structures;
                seen[2 * fit + 1]++;
            }
        }

        job.GlobalSum(seen);
        return sums;
    }

    private static void Add(ReproducibleSum sums, int first, SiteEquation equation, ParameterTable table)
    {
        double deviation = BondSum.Of(equation, table).Valence - equation.Center.Charge;
        if (double.IsNaN(deviation))
            return;
        sums.Add(first, 1);
        sums.Add(first + 1, deviation * deviation);
        sums.Add(first + 2, Math.Abs(deviation));
        sums.Add(first + 3, SubsetEvaluator.IsWrong(deviation) ? 1 : 0);
    }

    private static LearningCurveRow Row(int part, FoldFit[] fits, ReproducibleSum sums, long[] seen, int folds)
    {
        double Mean(Func<int, double> of) => Enumerable.Range(0, folds).Average(of);
        double Of(int column) => sums.Read(part * Columns + column);
        double? Ratio(int column, int count) => Of(count) > 0 ? Of(column) / Of(count) : null;
        double? Root(double? square) => square is { } value ? Math.Sqrt(value) : null;
        return new LearningCurveRow(
            Math.Pow(2, part - Halvings),
            (int)Math.Round(Mean(fold => seen[2 * (part * folds + fold)])),
            (int)Math.Round(Mean(fold => seen[2 * (part * folds + fold) + 1])),
            (int)Math.Round(Mean(fold => fits[part * folds + fold].Parameters.Count(parameters => !parameters.IsExtrapolated))),
            (long)Of(0),
            100 * Ratio(4, 0),
            Root(Ratio(1, 0)),
            Ratio(2, 0),
            100 * Ratio(3, 0),
            Root(Ratio(5, 4)),
            Ratio(6, 4),
            100 * Ratio(7, 4));
    }
}
