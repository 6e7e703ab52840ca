using System.Text;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// What the scatter between groups of structures says: errors of parameters, and pairs with two populations. A group may be spread over
/// shards: cations are dealt to ranks in rounds, and the rank of a round gets what all shards say of its cations and adds it up in the
/// order of the shards.
/// </summary>
internal static class ParameterErrors
{
    /// <summary>
    /// The result with errors and intervals from the scatter between groups and with populations; the same on every rank.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="options">Options of the fit.</param>
    /// <param name="keys">Keys of the fit.</param>
    /// <param name="shards">Numbers of the shards of this rank.</param>
    /// <param name="tables">Their equations.</param>
    /// <param name="result">The fit.</param>
    /// <param name="groupOf">Number of the group of redeterminations by the hash of a group id.</param>
    public static FitResult Apply(
        Job job, FitOptions options, IReadOnlyList<BondKey> keys, int[] shards, EquationTable[] tables, FitResult result,
        Func<ulong, int> groupOf) =>
        GroupJackknife.AppliesTo(options)
            ? Apply(job, options, keys, shards, tables, result, groupOf, new CationRounds(job, keys, tables))
            : result;

    /// <summary>The same with other rounds.</summary>
    internal static FitResult Apply(
        Job job, FitOptions options, IReadOnlyList<BondKey> keys, int[] shards, EquationTable[] tables, FitResult result,
        Func<ulong, int> groupOf,
        CationRounds rounds)
    {
        using var answers = new MemoryStream();
        using var writer = new BinaryWriter(answers, Encoding.UTF8);
        for (int first = 0; first < rounds.Count; first += job.World.Size)
        {
            // Each rank holds one round: first all are told, then all work.
            byte[][]? mine = null;
            for (int round = first; round < Math.Min(first + job.World.Size, rounds.Count); round++)
                mine = job.World.GatherBytes(Say(round), round - first) ?? mine;
            if (mine is not null)
                Answer(options, result, mine, writer);
        }

        byte[][]? gathered = job.World.GatherBytes(answers.ToArray(), 0);
        return WithAnswers(result, job.World.BroadcastBytes(gathered is null ? [] : [.. gathered.SelectMany(bytes => bytes)], 0));

        byte[] Say(int round)
        {
            using var packed = new MemoryStream();
            using var said = new BinaryWriter(packed, Encoding.UTF8);
            for (int i = 0; i < shards.Length; i++)
            {
                EquationTable table = tables[i];
                ReadOnlySpan<int> rows = rounds.RowsOf(i, round);
                GroupMessages.Write(
                    said, shards[i],
                    GroupScore.Of(options, keys, table, rows, result.Residuals[i], result.Parameters, row =>
                        groupOf(table.Identities[row].Group)),
                    PopulationTest.Collect(options, table, rows, result.Residuals[i], row => groupOf(table.Identities[row].Group)));
            }

            return packed.ToArray();
        }
    }

    private static void Answer(FitOptions options, FitResult result, byte[][] said, BinaryWriter answers)
    {
        ShardGroups[] shards = [.. said.SelectMany(GroupMessages.Read).OrderBy(shard => shard.Shard)];
        FitResult judged = GroupJackknife.Apply(options, result, Join(shards.SelectMany(shard => shard.Scores)));
        Dictionary<int, TwoPopulationFit> populations = PopulationsOf(result, shards.SelectMany(shard => shard.R0));
        for (int key = 0; key < judged.Parameters.Count; key++)
        {
            TwoPopulationFit? fit = populations.GetValueOrDefault(key);
            if (fit is not null || !ReferenceEquals(judged.Parameters[key], result.Parameters[key]))
                GroupMessages.Write(answers, key, judged.Parameters[key], fit);
        }
    }

    private static Dictionary<int, TwoPopulationFit> PopulationsOf(FitResult result, IEnumerable<GroupR0> all)
    {
        var populations = new Dictionary<int, TwoPopulationFit>();
        foreach (IGrouping<int, GroupR0> ofKey in all.GroupBy(r0 => r0.Key)
            .Where(group => result.Parameters[group.Key].Source == ParameterSource.Fitted))
        {
            double[] means = [.. ofKey.GroupBy(r0 => r0.Group)
                .Select(parts => parts.Sum(part => part.SumAngstrom) / parts.Sum(part => part.Sites))];
            if (PopulationTest.Run(result.Parameters[ofKey.Key].Key, means) is { } fit)
                populations.Add(ofKey.Key, fit);
        }

        return populations;
    }

    private static FitResult WithAnswers(FitResult result, byte[] answers)
    {
        BondParameters[] parameters = [.. result.Parameters];
        var populations = new SortedDictionary<int, TwoPopulationFit>();
        foreach ((int key, BondParameters judged, TwoPopulationFit? fit) in GroupMessages.ReadAnswers(answers, parameters))
        {
            parameters[key] = fit is null ? judged : judged with { Flags = judged.Flags | ParameterCautions.TwoPopulations };
            if (fit is not null)
                populations.Add(key, fit);
        }

        return result with { Parameters = parameters, TwoPopulations = [.. populations.Values] };
    }

    // Of shards in their order.
    private static List<GroupScore> Join(IEnumerable<GroupScore> scores)
    {
        var joined = new List<GroupScore>();
        foreach (GroupScore score in scores.OrderBy(score => score.FirstKey).ThenBy(score => score.Group))
        {
            if (joined.Count > 0 && joined[^1].FirstKey == score.FirstKey && joined[^1].Group == score.Group)
                joined[^1].Add(score);
            else
                joined.Add(score);
        }

        return joined;
    }
}
