namespace CrystalHpc.Parallel;

/// <summary>A send or receive under way. Keeps its buffer pinned until it is complete, also when the object itself is forgotten.</summary>
public abstract class Request : IDisposable
{
    /// <summary>Waits until the buffer may be used again and describes the message. Further calls return the same.</summary>
    /// <exception cref="MpiException">The transfer failed, for example because the buffer is too short.</exception>
    public abstract MessageStatus Wait();

    /// <summary>Describes the message if the transfer is complete, else null.</summary>
    /// <exception cref="MpiException">The transfer failed, for example because the buffer is too short.</exception>
    public abstract MessageStatus? Test();

    /// <summary>
    /// Gives up a request without waiting for its partner: a receive that is not complete is cancelled; a send goes on by itself and its
    /// buffer stays pinned.
    /// </summary>
    public void Dispose()
    {
        Abandon();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends a request that may not be complete; does nothing to one that is.</summary>
    private protected abstract void Abandon();
}
