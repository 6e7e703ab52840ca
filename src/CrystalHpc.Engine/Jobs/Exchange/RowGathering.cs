using System.Text.Json;
using System.Text.Json.Serialization;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Jobs;

/// <summary>
/// Rows on their way between ranks. All in one place: for what is small whatever the corpus, such as the keys, folds or replicates of a
/// fit. What grows with the corpus goes to owners instead (<see cref="Exchange"/>).
/// </summary>
public static class RowGathering
{
    // Numbers are written so that they read back to the same bits, NaN and the infinities among them.
    private static readonly JsonSerializerOptions Exact = new()
    {
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The rows of all ranks in the order of the ranks, on rank 0; null elsewhere. A collective call.</summary>
    /// <typeparam name="TRow">A row that JSON can hold: a record of numbers, texts and lists.</typeparam>
    /// <param name="world">The ranks.</param>
    /// <param name="mine">Rows of this rank; any number.</param>
    public static IReadOnlyList<TRow>? Gather<TRow>(this ICommunicator world, IEnumerable<TRow> mine)
    {
        byte[][]? gathered = world.GatherBytes(JsonSerializer.SerializeToUtf8Bytes(mine, Exact), 0);
        return gathered is null ? null : [.. gathered.SelectMany(Read<TRow>)];
    }

    /// <summary>The rows of all ranks on every rank, as rank 0 arranges them. A collective call.</summary>
    /// <typeparam name="TRow">As in <see cref="Gather"/>.</typeparam>
    /// <param name="world">The ranks.</param>
    /// <param name="mine">Rows of this rank; any number.</param>
    /// <param name="arrange">Sorts or unites what comes from the ranks.</param>
    public static IReadOnlyList<TRow> GatherToAll<TRow>(
        this ICommunicator world, IEnumerable<TRow> mine, Func<IEnumerable<TRow>, IEnumerable<TRow>> arrange)
    {
        IReadOnlyList<TRow>? gathered = world.Gather(mine);
        return Read<TRow>(world.BroadcastBytes(gathered is null ? [] : JsonSerializer.SerializeToUtf8Bytes(arrange(gathered), Exact), 0));
    }

    /// <summary>The rows that are this rank's own, of all ranks, in the order of the ranks they come from. A collective call.</summary>
    /// <typeparam name="TRow">As in <see cref="Gather"/>.</typeparam>
    /// <param name="world">The ranks.</param>
    /// <param name="mine">Rows of this rank; any number.</param>
    /// <param name="ownerOf">The rank that a row goes to.</param>
    public static IReadOnlyList<TRow> Exchange<TRow>(this ICommunicator world, IEnumerable<TRow> mine, Func<TRow, int> ownerOf)
    {
        ILookup<int, TRow> byOwner = mine.ToLookup(ownerOf);
        return [.. world.ExchangeBytes(owner => JsonSerializer.SerializeToUtf8Bytes(byOwner[owner], Exact)).SelectMany(Read<TRow>)];
    }

    /// <summary>
    /// Every rank asks every rank something; returns the answers, in the order of the ranks that were asked. A collective call.
    /// </summary>
    /// <param name="world">The ranks.</param>
    /// <param name="questionFor">What this rank asks another one, or itself.</param>
    /// <param name="answer">What this rank answers; throws for a reason the user can fix, on all ranks.</param>
    public static byte[][] Ask(this ICommunicator world, Func<int, byte[]> questionFor, Func<byte[], byte[]> answer)
    {
        byte[][] answers = world.ExchangeBytes(questionFor);
        world.Together(() => answers = Array.ConvertAll(answers, question => answer(question)));
        return world.ExchangeBytes(rank => answers[rank]);
    }

    private static TRow[] Read<TRow>(byte[] rows) => JsonSerializer.Deserialize<TRow[]>(rows, Exact)!;
}
