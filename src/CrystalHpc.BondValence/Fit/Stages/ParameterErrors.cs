using System.Text;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// What the scatter between groups of structures says: errors of parameters, and pairs with two populations. A group may be spread over shards: every
/// rank packs what its shards say of each group, all get everything and add it up in an order that knows nothing of ranks.
/// </summary>
internal static class ParameterErrors
{
    /// <summary>The result with errors and intervals from the scatter between groups and with populations; the same on every rank.</summary>
    public static FitResult Apply(
        Job job, FitOptions options, IReadOnlyList<BondKey> keys, int[] shards, EquationTable[] tables, FitResult result, IReadOnlyList<GroupRow> groups)
    {
        if (!GroupJackknife.AppliesTo(options))
            return result;
        Dictionary<string, int> numbers = groups.Select(row => row.JoinedId).Distinct().Order(StringComparer.Ordinal)
            .Select((id, number) => (id, number)).ToDictionary(entry => entry.id, entry => entry.number, StringComparer.Ordinal);
        Dictionary<string, int> numberOf = groups.ToDictionary(row => row.GroupId, row => numbers[row.JoinedId], StringComparer.Ordinal);
        byte[] scores = Share(job, shards, (writer, i) =>
        {
            foreach (GroupScore score in GroupScore.Of(
                options, keys, tables[i], result.Residuals[i], result.Parameters, row => numberOf[tables[i].Identities[row].GroupId]))
                Write(writer, shards[i], score);
        });
        byte[] lengths = Share(job, shards, (writer, i) =>
        {
            foreach (GroupR0 r0 in PopulationTest.Collect(
                options, tables[i], result.Residuals[i], row => numberOf[tables[i].Identities[row].GroupId]))
                Write(writer, shards[i], r0);
        });
        return WithPopulations(GroupJackknife.Apply(options, result, Join(ReadScores(scores))), ReadR0(lengths));
    }

    private static FitResult WithPopulations(FitResult result, IEnumerable<(int Shard, GroupR0 R0)> all)
    {
        BondParameters[] parameters = [.. result.Parameters];
        var populations = new List<TwoPopulationFit>();
        foreach (IGrouping<int, GroupR0> ofKey in all.OrderBy(entry => entry.Shard).Select(entry => entry.R0).GroupBy(r0 => r0.Key).OrderBy(group => group.Key))
        {
            double[] means = [.. ofKey.GroupBy(r0 => r0.Group).Select(parts => parts.Sum(part => part.SumAngstrom) / parts.Sum(part => part.Sites))];
            if (parameters[ofKey.Key].Source != ParameterSource.Fitted || PopulationTest.Run(parameters[ofKey.Key].Key, means) is not { } fit)
                continue;
            populations.Add(fit);
            parameters[ofKey.Key] = parameters[ofKey.Key] with { Flags = parameters[ofKey.Key].Flags | ParameterCautions.TwoPopulations };
        }

        return result with { Parameters = parameters, TwoPopulations = populations };
    }

    // What every rank writes for its shards, on all ranks.
    private static byte[] Share(Job job, int[] shards, Action<BinaryWriter, int> write)
    {
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(packed, Encoding.UTF8, leaveOpen: true))
        {
            for (int i = 0; i < shards.Length; i++)
                write(writer, i);
        }

        byte[][]? gathered = job.World.GatherBytes(packed.ToArray(), 0);
        return job.World.BroadcastBytes(gathered is null ? [] : [.. gathered.SelectMany(bytes => bytes)], 0);
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

    private static void Write(BinaryWriter writer, int shard, GroupR0 r0)
    {
        writer.Write(shard);
        writer.Write(r0.Key);
        writer.Write(r0.Group);
        writer.Write(r0.SumAngstrom);
        writer.Write(r0.Sites);
    }

    private static IEnumerable<(int Shard, GroupR0 R0)> ReadR0(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        while (reader.BaseStream.Position < bytes.Length)
            yield return (reader.ReadInt32(), new GroupR0(reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadInt32()));
    }

    private static IEnumerable<(int Shard, GroupScore Score)> ReadScores(byte[] bytes)
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
