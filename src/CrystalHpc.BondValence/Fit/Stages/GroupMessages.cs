using System.Runtime.InteropServices;
using System.Text;

namespace CrystalHpc.BondValence.Fit;

/// <summary>What a shard says of groups of structures.</summary>
/// <param name="Shard">Number of the shard.</param>
/// <param name="Scores">By cation, then group.</param>
/// <param name="R0">By key, then group.</param>
internal sealed record ShardGroups(int Shard, IReadOnlyList<GroupScore> Scores, IReadOnlyList<GroupR0> R0);

/// <summary>What ranks tell one another for <see cref="ParameterErrors"/>, as bytes.</summary>
internal static class GroupMessages
{
    /// <summary>Writes what a shard says.</summary>
    public static void Write(BinaryWriter writer, int shard, IReadOnlyList<GroupScore> scores, IReadOnlyList<GroupR0> lengths)
    {
        writer.Write(shard);
        writer.Write(scores.Count);
        foreach (GroupScore score in scores)
        {
            writer.Write(score.FirstKey);
            writer.Write(score.Group);
            writer.Write(score.Keys.Length);
            writer.Write(MemoryMarshal.AsBytes<int>(score.Keys));
            writer.Write(MemoryMarshal.AsBytes<double>(score.Score));
            writer.Write(MemoryMarshal.AsBytes<double>(score.Hessian));
        }

        writer.Write(lengths.Count);
        foreach (GroupR0 r0 in lengths)
        {
            writer.Write(r0.Key);
            writer.Write(r0.Group);
            writer.Write(r0.SumAngstrom);
            writer.Write(r0.Sites);
        }
    }

    /// <summary>Reads what the shards of a rank say.</summary>
    public static IEnumerable<ShardGroups> Read(byte[] said)
    {
        using var reader = new BinaryReader(new MemoryStream(said), Encoding.UTF8);
        while (reader.BaseStream.Position < said.Length)
        {
            int shard = reader.ReadInt32();
            GroupScore[] scores = new GroupScore[reader.ReadInt32()];
            for (int i = 0; i < scores.Length; i++)
                scores[i] = ReadScore(reader);
            GroupR0[] lengths = new GroupR0[reader.ReadInt32()];
            for (int i = 0; i < lengths.Length; i++)
                lengths[i] = new GroupR0(reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadInt32());
            yield return new ShardGroups(shard, scores, lengths);
        }
    }

    /// <summary>Writes what came out for a key.</summary>
    public static void Write(BinaryWriter writer, int key, BondParameters judged, TwoPopulationFit? populations)
    {
        writer.Write(key);
        writer.Write(judged.R0ErrorAngstrom);
        writer.Write(judged.SoftnessErrorAngstrom);
        writer.Write(judged.Correlation);
        writer.Write(judged.PivotLengthAngstrom);
        writer.Write(judged.R0Quantile);
        writer.Write(judged.SoftnessQuantile);
        writer.Write(judged.GroupCount);
        writer.Write((int)judged.Flags);
        writer.Write(populations is not null);
        if (populations is null)
            return;
        writer.Write(populations.Groups);
        writer.Write(populations.LowR0Angstrom);
        writer.Write(populations.HighR0Angstrom);
        writer.Write(populations.LowShare);
        writer.Write(populations.SigmaAngstrom);
        writer.Write(populations.Evidence);
    }

    /// <summary>Reads what came out.</summary>
    /// <param name="answers">What all ranks have written.</param>
    /// <param name="parameters">Parameters as the fit left them.</param>
    public static IEnumerable<(int Key, BondParameters Judged, TwoPopulationFit? Populations)> ReadAnswers(
        byte[] answers, IReadOnlyList<BondParameters> parameters)
    {
        using var reader = new BinaryReader(new MemoryStream(answers), Encoding.UTF8);
        while (reader.BaseStream.Position < answers.Length)
        {
            int key = reader.ReadInt32();
            BondParameters judged = parameters[key] with
            {
                R0ErrorAngstrom = reader.ReadDouble(),
                SoftnessErrorAngstrom = reader.ReadDouble(),
                Correlation = reader.ReadDouble(),
                PivotLengthAngstrom = reader.ReadDouble(),
                R0Quantile = reader.ReadDouble(),
                SoftnessQuantile = reader.ReadDouble(),
                GroupCount = reader.ReadInt32(),
                Flags = (ParameterCautions)reader.ReadInt32(),
            };
            yield return (key, judged, reader.ReadBoolean()
                ? new TwoPopulationFit(
                    judged.Key, reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(),
                    reader.ReadDouble())
                : null);
        }
    }

    private static GroupScore ReadScore(BinaryReader reader)
    {
        (int firstKey, int group) = (reader.ReadInt32(), reader.ReadInt32());
        int[] keys = new int[reader.ReadInt32()];
        double[] score = new double[ParameterLayout.Count(keys.Length)], hessian = new double[score.Length * score.Length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(keys.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(score.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(hessian.AsSpan()));
        return new GroupScore(firstKey, group, keys, score, hessian);
    }
}
