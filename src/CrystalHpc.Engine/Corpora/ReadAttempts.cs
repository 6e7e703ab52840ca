namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// Reads of a corpus that fail are made again before the file counts as unreadable: a disk or a network file system that falters for a
/// moment must not leave its mark on the tables. What is missing, denied or damaged is so at once.
/// </summary>
internal static class ReadAttempts
{
    private const int Most = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Does what may fail, again where that can help, and returns what it returns.</summary>
    /// <param name="read">Reads from the beginning.</param>
    public static T Of<T>(Func<T> read)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return read();
            }
            catch (IOException fault)
                when (attempt < Most && fault is not (FileNotFoundException or DirectoryNotFoundException or EndOfStreamException))
            {
                Thread.Sleep(attempt * Pause);
            }
        }
    }
}
