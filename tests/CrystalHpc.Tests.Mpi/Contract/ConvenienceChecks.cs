using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Mpi.Contract;

/// <summary>Texts and byte arrays over any communicator.</summary>
internal static class ConvenienceChecks
{
    private const string Text = "Å³ und Σ: 1.859(3)\n\"quoted\" \U0001F48E";

    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("A text reaches every rank", 1, BroadcastText),
        new("Bytes of different lengths are gathered, also in many rounds", 1, GatherBytes),
        new("Texts are gathered in rank order", 1, GatherTexts),
        new("One value of each rank is gathered everywhere", 1, AllgatherValues),
    ];

    private static void BroadcastText(ICommunicator comm, Expectations expect)
    {
        int root = comm.Size - 1;
        expect.Equal(comm.BroadcastString(comm.Rank == root ? Text : null, root), Text, "text");
        expect.Equal(comm.BroadcastString("", 0), "", "empty text");
        expect.Equal(comm.BroadcastBytes(comm.Rank == 0 ? new byte[100_000] : [], 0).Length, 100_000, "length of bytes");
    }

    private static void GatherBytes(ICommunicator comm, Expectations expect)
    {
        byte[] own = Sample.Values<byte>(comm.Rank, comm.Rank * 7);
        foreach (int round in new[] { 1, 10, 1_000_000 })
        {
            byte[][]? gathered = comm.GatherBytes(own, 0, round);
            expect.Equal(gathered is not null, comm.Rank == 0, "gathered on the root only");
            for (int rank = 0; rank < gathered?.Length; rank++)
                expect.Equal<byte>(gathered[rank], Sample.Values<byte>(rank, rank * 7), $"bytes of rank {rank} in rounds of {round}");
        }

        expect.Equal(comm.GatherBytes([], comm.Size - 1)?.Length, comm.Rank == comm.Size - 1 ? comm.Size : null, "empty arrays");
    }

    private static void GatherTexts(ICommunicator comm, Expectations expect)
    {
        string[]? texts = comm.GatherStrings(string.Concat(Enumerable.Repeat(Text, comm.Rank)), 0);
        for (int rank = 0; rank < texts?.Length; rank++)
            expect.Equal(texts[rank], string.Concat(Enumerable.Repeat(Text, rank)), $"text of rank {rank}");
    }

    private static void AllgatherValues(ICommunicator comm, Expectations expect) => expect.Equal<double>(
        comm.Allgather(comm.Rank + 0.5), [.. Enumerable.Range(0, comm.Size).Select(rank => rank + 0.5)], "values");
}
