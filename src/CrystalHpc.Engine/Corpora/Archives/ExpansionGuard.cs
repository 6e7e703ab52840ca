namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// An unpacking stream that counts what it unpacks, and whose every failure is an <see cref="InvalidDataException"/>: libraries throw what
/// they happen to stumble over in damaged data. A stream that has failed once stays failed.
/// </summary>
internal sealed class ExpansionGuard : ReadOnlyStream
{
    private readonly Stream _packed;
    private readonly ExpansionLimit _limit;
    private readonly Stream _unpacked;
    private InvalidDataException? _failure;

    /// <param name="open">Opens the unpacking stream.</param>
    /// <param name="packed">What it reads; disposed with this one.</param>
    /// <param name="limit">How much may come out.</param>
    public ExpansionGuard(Func<Stream> open, Stream packed, ExpansionLimit limit)
    {
        (_packed, _limit) = (packed, limit);
        try
        {
            _unpacked = open();
        }
        catch (Exception fault) when (IsDamage(fault))
        {
            packed.Dispose();
            throw new InvalidDataException(fault.Message, fault);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_failure is not null)
            throw _failure;
        try
        {
            int read = _unpacked.Read(buffer);
            _limit.Add(read);
            return read;
        }
        catch (Exception fault) when (IsDamage(fault))
        {
            _failure = fault as InvalidDataException ?? new InvalidDataException(fault.Message, fault);
            throw _failure;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            try
            {
                _unpacked.Dispose();
            }
            catch (Exception fault) when (IsDamage(fault))
            {
                // What was read before counts.
            }

            _packed.Dispose();
        }

        base.Dispose(disposing);
    }

    // A read that the disk refuses is no damage of the archive, but no less a failure of the stream.
    private static bool IsDamage(Exception fault) => fault is not (OutOfMemoryException or UnauthorizedAccessException);
}
