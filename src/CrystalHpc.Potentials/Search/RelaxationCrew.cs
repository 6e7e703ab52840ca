using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.Potentials.Search;

/// <summary>
/// The ranks of a job that relax structures for rank 0. Each has the next structure at hand while it relaxes one, so that it never waits
/// while rank 0 relaxes one itself, and no message
/// makes its sender wait.
/// </summary>
/// <param name="job">The job.</param>
/// <param name="relax">Relaxes a structure; never throws for one that it cannot.</param>
internal sealed class RelaxationCrew(Job job, Func<Individual, Individual> relax)
{
    private const int TaskTag = 71, ResultTag = 72, EndTag = 73;

    // Structures that a rank has at hand, the one it relaxes included.
    private const int Ahead = 2;

    private readonly Queue<int> _free = new(Enumerable.Repeat(Enumerable.Range(1, job.World.Size - 1), Ahead).SelectMany(ranks => ranks));
    private readonly Queue<Request> _sent = new();

    /// <summary>True while a rank can take another structure.</summary>
    public bool CanTake => _free.Count > 0;

    /// <summary>Gives a structure to a rank that <see cref="CanTake"/> one. Rank 0.</summary>
    public void Give(Individual structure) => Send(SearchLog.Write(structure), _free.Dequeue(), TaskTag);

    /// <summary>A structure that was relaxed; null where there is none yet. Rank 0.</summary>
    /// <param name="wait">Wait for one.</param>
    public Individual? Take(bool wait)
    {
        MessageStatus? waiting = wait ? job.World.Probe(ICommunicator.AnySource, ResultTag)
            : job.World.ImmediateProbe(ICommunicator.AnySource, ResultTag);
        if (waiting is not { } message || Receive(message) is not { Length: > 0 } bytes)
            return null;
        _free.Enqueue(message.Source);
        return SearchLog.Read(bytes);
    }

    /// <summary>Sends the ranks home; what they have at hand is forgotten. Rank 0.</summary>
    public void Dismiss()
    {
        for (int rank = 1; rank < job.World.Size; rank++)
            Send([], rank, EndTag);
        for (int left = job.World.Size - 1; left > 0;)
            left -= Receive(job.World.Probe(ICommunicator.AnySource, ResultTag)).Length == 0 ? 1 : 0;
        while (_sent.TryDequeue(out Request? request))
            request.Wait();
    }

    /// <summary>Relaxes what rank 0 gives, until it sends home. The other ranks.</summary>
    public void Follow()
    {
        while (job.World.Probe(0, ICommunicator.AnyTag) is var message && message.Tag == TaskTag)
        {
            byte[] task = Receive(message);
            if (job.World.ImmediateProbe(0, EndTag) is null)
                Send(SearchLog.Write(relax(SearchLog.Read(task))), 0, ResultTag);
        }

        Receive(job.World.Probe(0, EndTag));
        Send([], 0, ResultTag);
        while (_sent.TryDequeue(out Request? request))
            request.Wait();
    }

    private byte[] Receive(MessageStatus message)
    {
        byte[] bytes = new byte[message.Count<byte>()];
        job.World.Receive<byte>(bytes, message.Source, message.Tag);
        return bytes;
    }

    private void Send(byte[] bytes, int rank, int tag)
    {
        while (_sent.TryPeek(out Request? first) && first.Test() is not null)
            _sent.Dequeue();
        _sent.Enqueue(job.World.ImmediateSend<byte>(bytes, rank, tag));
    }
}
