using System.Text.Json;
using CrystalHpc.Configuration;
using CrystalHpc.Core.BondValence;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Evaluation;
using CrystalHpc.Jobs;
using CrystalHpc.Parallel;
using CrystalHpc.Storage;

namespace CrystalHpc.Pipeline;

/// <summary>
/// Cross-validation of the fit. The ranks divide into as many teams as there are folds, or fewer; each team fits the folds that fall to it to
/// the equations of all other groups of structures. A fit has the same bits on any team, and so the outcome on any number of ranks.
/// </summary>
internal static class EvaluateFolds
{
    /// <summary>The parameters of every fold, on every rank.</summary>
    /// <param name="job">The job; all its ranks call.</param>
    /// <param name="run">A merged run.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="groups">The groups of the run.</param>
    /// <param name="folds">Number of folds.</param>
    /// <exception cref="UserException">The job was stopped, or the run cannot be read.</exception>
    public static FoldFit[] Fit(Job job, RunDirectory run, FitOptions options, StructureGroups groups, int folds)
    {
        int teams = Math.Min(folds, job.World.Size);
        int team = job.World.Rank % teams;
        using ICommunicator members = job.World.Split(team, job.World.Rank)!;
        Job teamJob = new(members, new JobOptions(IsQuiet: true, job.Options.Dealing), job.Signals);
        IReadOnlyList<SiteEquation>[] blocks = [];
        job.World.Together(() =>
        {
            var all = new EquationBlocks(run);
            blocks = [.. teamJob.Mine([.. Enumerable.Range(0, all.Count)]).Select(block => all.Read(block).Where(equation => FitStage.IsUsed(options, equation)).ToArray())];
        });

        IReadOnlyList<BondKey> keys = KeyUnion.OverRanks(teamJob, blocks.SelectMany(block => EquationTable.KeysOf(block, options.Key)));
        var fits = new List<FoldFit>();
        job.World.Together(() =>
        {
            for (int fold = team; fold < folds; fold += teams)
            {
                members.Together(teamJob.StopPoint);
                EquationTable[] training = [.. blocks.Select(block =>
                {
                    SiteEquation[] kept = [.. block.Where(equation => groups.FoldOf(equation.GroupId) != fold)];
                    return EquationTable.Build(kept, keys, FitStage.Weights(options, kept, groups.Sizes), options.Key);
                })];
                fits.Add(FoldFit.Of(fold, BondValenceFit.Run(options, keys, training, teamJob.GlobalSum)));
            }
        });

        string mine = JsonSerializer.Serialize(teamJob.IsRoot ? fits : [], ConfigurationFile.Json);
        string[]? gathered = job.World.GatherStrings(mine, 0);
        byte[] all = job.World.OnRankZero(() => JsonSerializer.SerializeToUtf8Bytes(
            gathered!.SelectMany(text => JsonSerializer.Deserialize<FoldFit[]>(text, ConfigurationFile.Json)!).OrderBy(fit => fit.Fold), ConfigurationFile.Json));
        return JsonSerializer.Deserialize<FoldFit[]>(all, ConfigurationFile.Json)!;
    }
}

/// <summary>The fit without one fold, as it travels between ranks; without parameters when the other folds hold no equation at all.</summary>
internal sealed record FoldFit(int Fold, long Equations, int Iterations, string StoppedBy, IReadOnlyList<FoldParameters> Parameters)
{
    public static FoldFit Of(int fold, FitResult fit) => new(
        fold,
        fit.EquationCount,
        fit.History.Count == 0 ? 0 : fit.History[^1].Search.Iteration,
        SnakeCase.Of(fit.Reason),
        fit.EquationCount == 0 ? [] : [.. fit.Parameters.Select(FoldParameters.Of)]);

    /// <summary>The parameters as a table; with or without those that rest on no data of the other folds but on the sums of radii.</summary>
    public ParameterTable ToTable(string name, BondLaw law, bool withExtrapolated) => new(
        name, law, Parameters.Where(parameters => withExtrapolated || !parameters.IsExtrapolated).Select(parameters => parameters.ToEntry()));
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
    public ParameterEntry ToEntry() => new(
        Element.Of(Cation), CationCharge == 0 ? null : CationCharge, Element.Of(Anion), AnionCharge == 0 ? null : AnionCharge, R0, Softness,
        IsExtrapolated || IsAtBound);
}
