using System.Runtime.InteropServices;

namespace CrystalHpc.Parallel.Managed;

/// <summary>
/// The messages to one rank of a managed communicator. Matches as MPI does: messages in the order sent, receives in the order posted.
/// </summary>
internal sealed unsafe class Mailbox(Gate gate)
{
    private readonly List<Envelope> _arrived = [];
    private readonly List<PostedReceive> _posted = [];

    /// <summary>Hands a message over: into the buffer that waits for it, or into a copy. Never waits.</summary>
    public void Deliver(int source, int tag, void* data, long bytes)
    {
        lock (gate.Lock)
        {
            gate.ThrowIfClosed();
            int index = _posted.FindIndex(receive => receive.Accepts(source, tag));
            if (index < 0)
            {
                byte[] copy = GC.AllocateUninitializedArray<byte>(checked((int)bytes));
                new ReadOnlySpan<byte>(data, copy.Length).CopyTo(copy);
                _arrived.Add(new Envelope(source, tag, copy));
            }
            else
            {
                _posted[index].Complete(source, tag, data, bytes);
                _posted.RemoveAt(index);
            }

            gate.Wake();
        }
    }

    /// <summary>Takes the first message that the receive accepts, or leaves the receive to be served later.</summary>
    public void Post(PostedReceive receive)
    {
        lock (gate.Lock)
        {
            gate.ThrowIfClosed();
            int index = _arrived.FindIndex(envelope => receive.Accepts(envelope.Source, envelope.Tag));
            if (index < 0)
            {
                _posted.Add(receive);
                return;
            }

            Envelope envelope = _arrived[index];
            _arrived.RemoveAt(index);
            fixed (byte* data = envelope.Data)
                receive.Complete(envelope.Source, envelope.Tag, data, envelope.Data.Length);
        }
    }

    /// <summary>Waits until a posted receive is served.</summary>
    public MessageStatus Await(PostedReceive receive)
    {
        lock (gate.Lock)
        {
            try
            {
                while (!receive.IsComplete)
                {
                    gate.ThrowIfClosed();
                    gate.Sleep();
                }
            }
            finally
            {
                // On failure the buffer is about to be unpinned.
                _posted.Remove(receive);
            }

            return receive.Result();
        }
    }

    public MessageStatus? Poll(PostedReceive receive)
    {
        lock (gate.Lock)
        {
            if (receive.IsComplete)
                return receive.Result();
            gate.ThrowIfClosed();
            return null;
        }
    }

    public void Cancel(PostedReceive receive)
    {
        lock (gate.Lock)
            _posted.Remove(receive);
    }

    /// <summary>Describes the first message that matches, if there is one or, on request, once there is one.</summary>
    public MessageStatus? Peek(int source, int tag, bool wait)
    {
        lock (gate.Lock)
        {
            while (true)
            {
                gate.ThrowIfClosed();
                foreach (Envelope envelope in CollectionsMarshal.AsSpan(_arrived))
                {
                    if (PostedReceive.Matches(source, tag, envelope.Source, envelope.Tag))
                        return new MessageStatus(envelope.Source, envelope.Tag, envelope.Data.Length);
                }

                if (!wait)
                    return null;
                gate.Sleep();
            }
        }
    }

    private readonly record struct Envelope(int Source, int Tag, byte[] Data);
}
