namespace CrystalHpc.Parallel.Managed;

/// <summary>A receive that waits in a <see cref="Mailbox"/>, with the pinned buffer that it fills. Guarded by the gate's lock.</summary>
internal sealed unsafe class PostedReceive(int source, int tag, void* buffer, long capacity)
{
    private MessageStatus _status;

    public bool IsComplete { get; private set; }

    public static bool Matches(int wantedSource, int wantedTag, int source, int tag) =>
        (wantedSource == ICommunicator.AnySource || wantedSource == source) && (wantedTag == ICommunicator.AnyTag || wantedTag == tag);

    public bool Accepts(int fromSource, int withTag) => Matches(source, tag, fromSource, withTag);

    public void Complete(int fromSource, int withTag, void* data, long bytes)
    {
        if (bytes <= capacity)
            Buffer.MemoryCopy(data, buffer, capacity, bytes);
        _status = new MessageStatus(fromSource, withTag, bytes);
        IsComplete = true;
    }

    public MessageStatus Result() =>
        _status.Bytes <= capacity ? _status : throw MpiException.Truncated("Receive", _status.Bytes, capacity);
}
