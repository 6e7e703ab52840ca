using System.Diagnostics;
using System.Globalization;
using System.Text;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Fit;

/// <summary>The bootstrap of the fit over groups of structures: teams of ranks fit the replicates that fall to them, rank 0 writes <c>bootstrap.csv</c>.</summary>
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
    /// <exception cref="UserException">The job was stopped; the tables of the fit are there, and the bootstrap begins anew next time.</exception>
    public static void Run(Job job, FitOptions options, RunDirectory run, RunRecord record, FitResult fit)
    {
        if (options.BootstrapReplicates == 0)
            return;
        var clock = Stopwatch.StartNew();
        StructureGroups groups = null!;
        job.World.Together(() => groups = new StructureGroups(run, folds: 1, seed: 0));
        using var team = new EquationTeam(job, run, options, options.BootstrapReplicates);
        EquationTable[] tables = [.. team.Blocks.Select(block => EquationTable.Build(block, team.Keys, FitStage.Weights(options, block, groups.Sizes), options.Key))];
        var bootstrap = new FitBootstrap(options, team.Keys, tables, team.Job.GlobalSum, fit, groups.JoinedOf);
        var mine = new List<BootstrapReplicate>();
        team.ForEachPiece(replicate => mine.Add(bootstrap.Run(replicate)));

        // Rank 0 of the job is the first of its team, which holds all equations.
        byte[][]? groupsOfKeys = team.Job.World.GatherBytes(Pack(bootstrap.GroupsOfKeys()), 0);
        byte[][]? gathered = job.World.GatherBytes(Pack(team.Job.IsRoot ? mine : []), 0);
        job.World.OnRankZero(() =>
        {
            BootstrapReplicate[] all = [.. gathered!.SelectMany(bytes => Unpack(bytes, team.Keys.Count)).OrderBy(replicate => replicate.Number)];
            BootstrapReplicate[] finished = [.. all.Where(replicate => replicate.IsFinished)];
            int[] counts = CountGroups(groupsOfKeys!, team.Keys.Count);
            Csv.Write(PathOf(run), team.Keys.Select((key, k) => BootstrapRow.Of(
                key, counts[k], finished.Length, counts[k] >= FewestGroups && finished.Length > 1 ? BootstrapSpread.Of(finished, k) : null)));
            var report = new BootstrapReport(all.Length, finished.Length, team.Teams, clock.Elapsed.TotalSeconds, job.World.Size);
            record.WriteStage(run, Report, report);
            job.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"bootstrap {report.Replicates:N0} replicates, {report.Replicates - report.Finished:N0} of them left out as unfinished  {report.Seconds:0.0} s"));
        });
    }

    private static string PathOf(RunDirectory run) => Path.Combine(run.Fit, "bootstrap.csv");

    private static byte[] Pack(IEnumerable<(int Key, ulong Group)> groups) => Packed(writer =>
    {
        foreach ((int key, ulong group) in groups.Distinct())
        {
            writer.Write(key);
            writer.Write(group);
        }
    });

    private static int[] CountGroups(IEnumerable<byte[]> packed, int keys)
    {
        HashSet<ulong>[] groups = [.. Enumerable.Range(0, keys).Select(_ => new HashSet<ulong>())];
        foreach (byte[] bytes in packed)
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            while (reader.BaseStream.Position < bytes.Length)
                groups[reader.ReadInt32()].Add(reader.ReadUInt64());
        }

        return [.. groups.Select(ofKey => ofKey.Count)];
    }

    private static byte[] Pack(IEnumerable<BootstrapReplicate> replicates) => Packed(writer =>
    {
        foreach (BootstrapReplicate replicate in replicates)
        {
            writer.Write(replicate.Number);
            writer.Write(replicate.IsFinished);
            foreach (double value in replicate.R0Angstrom.Concat(replicate.SoftnessAngstrom))
                writer.Write(value);
        }
    });

    private static IEnumerable<BootstrapReplicate> Unpack(byte[] bytes, int keys)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        while (reader.BaseStream.Position < bytes.Length)
            yield return new BootstrapReplicate(reader.ReadInt32(), reader.ReadBoolean(), ReadDoubles(reader, keys), ReadDoubles(reader, keys));
    }

    private static double[] ReadDoubles(BinaryReader reader, int count) => [.. Enumerable.Range(0, count).Select(_ => reader.ReadDouble())];

    private static byte[] Packed(Action<BinaryWriter> write)
    {
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(packed, Encoding.UTF8))
            write(writer);
        return packed.ToArray();
    }
}

/// <summary>What the bootstrap reports in <c>run.json</c>.</summary>
internal sealed record BootstrapReport(int Replicates, int Finished, int Teams, double Seconds, int Ranks);
