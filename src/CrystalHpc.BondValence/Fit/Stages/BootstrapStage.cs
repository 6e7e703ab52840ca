using System.Diagnostics;
using System.Globalization;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// The bootstrap of the fit over groups of structures: teams of ranks fit the replicates that fall to them, rank 0 writes
/// <c>bootstrap.csv</c>.
/// </summary>
internal static class BootstrapStage
{
    /// <summary>Name under which it reports to <c>run.json</c>.</summary>
    public const string Report = "bootstrap";

    // With fewer groups the data say nothing of their own scatter, as in the jackknife.
    private const int FewestGroups = 3;

    /// <summary>Removes what an earlier bootstrap left, which does not belong to the fit that is written now. For rank 0.</summary>
    public static void Forget(RunDirectory run, RunRecord record)
    {
        File.Delete(PathOf(run));
        record.Stages.Remove(Report);
    }

    /// <summary>Runs the bootstrap, if the options ask for one. All ranks call.</summary>
    /// <exception cref="UserException">The job was stopped; the tables of the fit are there, and the bootstrap begins anew next
    /// time.</exception>
    public static void Run(Job job, FitOptions options, RunDirectory run, RunRecord record, FitResult fit)
    {
        if (options.BootstrapReplicates == 0)
            return;
        var clock = Stopwatch.StartNew();
        using var team = new EquationTeam(job, run, options, options.BootstrapReplicates);
        var bootstrap = new FitBootstrap(
            options, team.Keys, team.Equations.Tables, team.Job.GlobalSum, fit, group
            => team.Equations.Groups.Find(group)?.Joined ?? group, team.PriorTable);
        var mine = new List<BootstrapReplicate>();
        team.Team.ForEachPiece(replicate => mine.Add(bootstrap.Run(replicate)));

        // Rank 0 of the job is the first of its team, which holds all equations.
        IReadOnlyList<GroupOfKey>? groupsOfKeys = team.Job.World.Gather(
            bootstrap.GroupsOfKeys().Distinct().Select(pair => new GroupOfKey(pair.Key, pair.Group)));
        IReadOnlyList<BootstrapReplicate>? gathered = job.World.Gather(team.Job.IsRoot ? mine : []);
        job.World.OnRankZero(() =>
        {
            BootstrapReplicate[] all = [.. gathered!.OrderBy(replicate => replicate.Number)];
            BootstrapReplicate[] finished = [.. all.Where(replicate => replicate.IsFinished)];
            ILookup<int, ulong> groupsOf = groupsOfKeys!.Distinct().ToLookup(pair => pair.Key, pair => pair.Group);
            int[] counts = [.. Enumerable.Range(0, team.Keys.Count).Select(key => groupsOf[key].Count())];
            Csv.Write(PathOf(run), team.Keys.Select((key, k) => BootstrapRow.Of(
                key, counts[k], finished.Length, counts[k] >= FewestGroups && finished.Length > 1
                ? BootstrapSpread.Of(finished, k) : null)));
            var report = new BootstrapReport(all.Length, finished.Length, team.Team.Count, clock.Elapsed.TotalSeconds, job.World.Size);
            record.WriteStage(run, Report, report);
            job.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"bootstrap {report.Replicates:N0} replicates, {report.Replicates - report.Finished:N0} of them left out as unfinished  "
                + $"{report.Seconds:0.0} s"));
        });
    }

    private static string PathOf(RunDirectory run) => Path.Combine(run.Fit, "bootstrap.csv");

    // A group of structures with an equation that the key occurs in.
    private readonly record struct GroupOfKey(int Key, ulong Group);
}

/// <summary>What the bootstrap reports in <c>run.json</c>.</summary>
internal sealed record BootstrapReport(int Replicates, int Finished, int Teams, double Seconds, int Ranks);
