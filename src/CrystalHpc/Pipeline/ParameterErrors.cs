using System.Text;
using CrystalHpc.Core.BondValence;
using CrystalHpc.Core.Equations;
using CrystalHpc.Jobs;
using CrystalHpc.Parallel;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Pipeline;

/// <summary>
/// Errors of parameters from the scatter between groups of structures. A group may be spread over shards: every rank packs what its shards say of
/// each group, all get everything and add it up in an order that knows nothing of ranks.
/// </summary>
internal static class ParameterErrors
{
    /// <summary>The result with errors and intervals from the scatter between groups; the same on every rank.</summary>
    public static FitResult Apply(
        Job job, FitOptions options, IReadOnlyList<BondKey> keys, int[] shards, EquationTable[] tables, FitResult result, IReadOnlyList<GroupRow> groups)
    {
        if (!GroupJackknife.AppliesTo(options))
            return result;
        Dictionary<string, int> numbers = groups.Select(row => row.JoinedId).Distinct().Order(StringComparer.Ordinal)
            .Select((id, number) => (id, number)).ToDictionary(entry => entry.id, entry => entry.number, StringComparer.Ordinal);
        Dictionary<string, int> numberOf = groups.ToDictionary(row => row.GroupId, row => numbers[row.JoinedId], StringComparer.Ordinal);
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(packed, Encoding.UTF8, leaveOpen: true))
        {
            for (int i = 0; i < tables.Length; i++)
            {
                EquationTable table = tables[i];
                foreach (GroupScore score in GroupScore.Of(
                    options, keys, table, result.Residuals[i], result.Parameters, row => numberOf[table.Identities[row].GroupId]))
                    Write(writer, shards[i], score);
            }
        }

        byte[][]? gathered = job.World.GatherBytes(packed.ToArray(), 0);
        byte[] all = job.World.BroadcastBytes(gathered is null ? [] : [.. gathered.SelectMany(bytes => bytes)], 0);
        return GroupJackknife.Apply(options, result, Join(Read(all)));
    }

    private static List<GroupScore> Join(IEnumerable<(int Shard, GroupScore Score)> scores)
    {
        var joined = new List<GroupScore>();
        foreach ((_, GroupScore score) in scores.OrderBy(entry => entry.Score.FirstKey).ThenBy(entry => entry.Score.Group).ThenBy(entry => entry.Shard))
        {
            if (joined.Count > 0 && joined[^1].FirstKey == score.FirstKey && joined[^1].Group == score.Group)
                joined[^1].Add(score);
            else
                joined.Add(score);
        }

        return joined;
    }

    private static void Write(BinaryWriter writer, int shard, GroupScore score)
    {
        writer.Write(shard);
        writer.Write(score.FirstKey);
        writer.Write(score.Group);
        writer.Write(score.Score.Length);
        foreach (double value in score.Score.Concat(score.Hessian))
            writer.Write(value);
    }

    private static IEnumerable<(int Shard, GroupScore Score)> Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        while (reader.BaseStream.Position < bytes.Length)
        {
            (int shard, int firstKey, int group, int size) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            double[] score = new double[size], hessian = new double[size * size];
            for (int i = 0; i < score.Length; i++)
                score[i] = reader.ReadDouble();
            for (int i = 0; i < hessian.Length; i++)
                hessian[i] = reader.ReadDouble();
            yield return (shard, new GroupScore(firstKey, group, score, hessian));
        }
    }
}
