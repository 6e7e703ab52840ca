using System.Buffers;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Parallel;

/// <summary>A send or receive of MPI under way.</summary>
internal sealed unsafe class MpiRequest(MpiCommunicator communicator, nint request, MemoryHandle pin, bool receives) : Request
{
    private readonly nint _request = request;
    private MemoryHandle _pin = pin;
    private MessageStatus? _status;
    private MpiException? _error;
    private bool _ended;

    public override MessageStatus Wait()
    {
        if (!_ended)
        {
            long* status = stackalloc long[MpiAbi.StatusLongs];
            nint request = _request;
            End(communicator.MpiWait(&request, status), "MPI_Wait", status);
        }

        return Result();
    }

    public override MessageStatus? Test()
    {
        if (!_ended)
        {
            long* status = stackalloc long[MpiAbi.StatusLongs];
            nint request = _request;
            int done = 0;
            int code = communicator.MpiTest(&request, &done, status);
            if (code == 0 && done == 0)
                return null;
            End(code, "MPI_Test", status);
        }

        return Result();
    }

    private protected override void Abandon()
    {
        if (_ended)
            return;
        nint request = _request;
        if (receives)
        {
            // A cancelled receive completes without its partner.
            long* status = stackalloc long[MpiAbi.StatusLongs];
            _ = communicator.MpiCancel(&request);
            _ = communicator.MpiWait(&request, status);
            _pin.Dispose();
        }
        else
        {
            _ = communicator.MpiRequestFree(&request);
        }

        _ended = true;
    }

    private void End(int code, string call, long* status)
    {
        _ended = true;
        _pin.Dispose();
        try
        {
            communicator.Check(code, call);
            _status = receives ? communicator.ReadStatus(status) : MessageStatus.Sent;
        }
        catch (MpiException error)
        {
            _error = error;
        }
    }

    private MessageStatus Result() => _status ?? throw _error ?? throw new ObjectDisposedException(nameof(Request));
}
