namespace CrystalHpc.Tests.Mpi.Contract;

/// <summary>
/// Notes what one rank found wrong in a check. Notes instead of throwing: a rank that left in the middle of a check would leave the others
/// waiting.
/// </summary>
internal sealed class Expectations
{
    private readonly List<string> _failures = [];

    public IReadOnlyList<string> Failures => _failures;

    public void True(bool condition, string what)
    {
        if (!condition)
            _failures.Add(what);
    }

    public void Equal<T>(T actual, T expected, string what) =>
        True(EqualityComparer<T>.Default.Equals(actual, expected), $"{what}: {actual} instead of {expected}");

    public void Equal<T>(ReadOnlySpan<T> actual, ReadOnlySpan<T> expected, string what) where T : unmanaged
    {
        if (actual.SequenceEqual(expected))
            return;
        int index = actual.CommonPrefixLength(expected);
        _failures.Add(index < actual.Length && index < expected.Length
            ? $"{what}: element {index} is {actual[index]} instead of {expected[index]}"
            : $"{what}: {actual.Length} elements instead of {expected.Length}");
    }

    public TException? Throws<TException>(Action action, string what) where TException : Exception
    {
        try
        {
            action();
        }
        catch (TException exception)
        {
            return exception;
        }
        catch (Exception exception)
        {
            _failures.Add($"{what}: {exception.GetType().Name} instead of {typeof(TException).Name}: {exception.Message}");
            return null;
        }

        _failures.Add($"{what}: no exception instead of {typeof(TException).Name}");
        return null;
    }
}
