using System.Buffers;

namespace CrystalHpc.Parallel.Managed;

/// <summary>A receive of a managed communicator under way.</summary>
internal sealed class ManagedReceiveRequest(Mailbox mailbox, PostedReceive receive, MemoryHandle pin) : Request
{
    private MemoryHandle _pin = pin;

    public override MessageStatus Wait()
    {
        try
        {
            return mailbox.Await(receive);
        }
        finally
        {
            _pin.Dispose();
        }
    }

    public override MessageStatus? Test()
    {
        MessageStatus? status = mailbox.Poll(receive);
        if (status is not null)
            _pin.Dispose();
        return status;
    }

    private protected override void Abandon()
    {
        mailbox.Cancel(receive);
        _pin.Dispose();
    }
}

/// <summary>A send of a managed communicator: complete from the start, since the message has been copied.</summary>
internal sealed class CompletedSend : Request
{
    public static CompletedSend Instance { get; } = new();

    public override MessageStatus Wait() => MessageStatus.Sent;

    public override MessageStatus? Test() => MessageStatus.Sent;

    private protected override void Abandon()
    {
    }
}
