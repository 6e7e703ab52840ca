using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// Cross-validation of the fit: teams of ranks fit the folds that fall to them to the equations of all other groups of structures.
/// </summary>
internal static class EvaluateFolds
{
    /// <summary>The parameters of every fold, on every rank.</summary>
    /// <param name="job">The job; all its ranks call.</param>
    /// <param name="run">A merged run.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="evaluation">Number of folds, and the seed that deals groups into them.</param>
    /// <exception cref="UserException">The job was stopped, or the run cannot be read.</exception>
    public static FoldFit[] Fit(Job job, RunDirectory run, FitOptions options, EvaluationOptions evaluation) =>
        Fit(job, run, options, evaluation, evaluation.Folds, (group, fold) => group.Fold != fold);

    /// <summary>The parameters of fits to parts of the groups, on every rank.</summary>
    /// <param name="job">The job; all its ranks call.</param>
    /// <param name="run">A merged run.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="evaluation">As above.</param>
    /// <param name="fits">Number of fits.</param>
    /// <param name="isSeen">Whether a group of structures has a say in a fit.</param>
    /// <exception cref="UserException">The job was stopped, or the run cannot be read.</exception>
    public static FoldFit[] Fit(
        Job job, RunDirectory run, FitOptions options, EvaluationOptions evaluation, int fits, Func<StructureGroup, int, bool> isSeen)
    {
        using var team = new EquationTeam(job, run, options, fits, evaluation.Folds, evaluation.Seed);
        var done = new List<FoldFit>();
        team.Team.ForEachPiece(fit =>
        {
            // The arrays of the fit before are as large as the equations, and there would be room for many such before the runtime looked
            // for them.
            GC.Collect();
            EquationTable[] training = [.. team.Equations.Tables.Select(
                table => table.Where(row => isSeen(team.Equations.Groups.Find(table.Identities[row].Group) ?? default, fit)))];
            done.Add(FoldFit.Of(fit, BondValenceFit.Run(options, team.Keys, training, team.Job.GlobalSum, priorTable: team.PriorTable)));
        });

        return [.. job.World.GatherToAll(team.Job.IsRoot ? done : [], all => all.OrderBy(fit => fit.Fold))];
    }
}

/// <summary>
/// The fit without one fold, as it travels between ranks; without parameters when the other folds hold no equation at all.
/// </summary>
internal sealed record FoldFit(int Fold, long Equations, int Iterations, string StoppedBy, IReadOnlyList<FoldParameters> Parameters)
{
    public static FoldFit Of(int fold, FitResult fit) => new(
        fold,
        fit.EquationCount,
        fit.History.Count == 0 ? 0 : fit.History[^1].Search.Iteration,
        SnakeCase.Of(fit.Reason),
        fit.EquationCount == 0 ? [] : [.. fit.Parameters.Select(FoldParameters.Of)]);

    /// <summary>
    /// The parameters as a table; with or without those that rest on no data of the other folds but on the sums of radii.
    /// </summary>
    public ParameterTable ToTable(string name, BondLaw law, bool withExtrapolated) => new(
        name, Parameters.Where(parameters => withExtrapolated || !parameters.IsExtrapolated).Select(parameters => parameters.ToEntry(law)));
}

/// <summary>Parameters of one pair in one fold.</summary>
internal sealed record FoldParameters(
    string Cation, int CationCharge, string Anion, int AnionCharge, double R0, double Softness, bool IsExtrapolated, bool IsAtBound)
{
    public static FoldParameters Of(BondParameters parameters) => new(
        parameters.Key.Cation.Element.Symbol,
        parameters.Key.Cation.Charge,
        parameters.Key.Anion.Element.Symbol,
        parameters.Key.Anion.Charge,
        parameters.R0Angstrom,
        parameters.SoftnessAngstrom,
        parameters.Source == ParameterSource.Extrapolated,
        parameters.Flags.HasFlag(ParameterCautions.AtBound));

    // Fits by element have charge 0, which stands for any.
    public ParameterEntry ToEntry(BondLaw law) => new(
        Element.Of(Cation), CationCharge == 0 ? null : CationCharge, Element.Of(Anion), AnionCharge == 0 ? null : AnionCharge, R0, Softness,
        law, IsExtrapolated || IsAtBound);
}
