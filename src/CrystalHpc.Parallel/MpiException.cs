namespace CrystalHpc.Parallel;

/// <summary>
/// An error that the message layer reports: a message longer than its buffer, a rank that does not exist, a lost connection.
/// </summary>
public sealed class MpiException : Exception
{
    /// <summary>Describes an error.</summary>
    /// <param name="call">The call that failed, such as MPI_Recv.</param>
    /// <param name="errorClass">Name of the error class, such as MPI_ERR_TRUNCATE.</param>
    /// <param name="code">The code that the library returned; 0 where no library is involved.</param>
    /// <param name="text">What the library says, on one line.</param>
    public MpiException(string call, string errorClass, int code, string text)
        : base($"{call}: {errorClass} ({code}): {text}")
    {
        ErrorClass = errorClass;
        Code = code;
    }

    /// <summary>Name of the error class, the same for every library, such as MPI_ERR_TRUNCATE.</summary>
    public string ErrorClass { get; }

    /// <summary>The code that the library returned; what it means differs between libraries.</summary>
    public int Code { get; }

    internal static MpiException Truncated(string call, long messageBytes, long bufferBytes) =>
        new(call, "MPI_ERR_TRUNCATE", 0, $"a message of {messageBytes} bytes does not fit the buffer of {bufferBytes} bytes");
}
