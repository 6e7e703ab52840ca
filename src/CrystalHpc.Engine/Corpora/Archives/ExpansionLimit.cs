namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// How much a whole archive may unpack to, all its members together: archives made to fill disks and memory are given up early.
/// </summary>
/// <param name="packedBytes">Packed bytes so far, or of the whole archive.</param>
/// <param name="maxRatio">Largest unpacked length for each of them.</param>
internal sealed class ExpansionLimit(Func<long> packedBytes, double maxRatio)
{
    // Little may have any ratio.
    private const long FreeBytes = 64 << 20;

    private long _produced;

    /// <summary>No limit but that of the length of each file.</summary>
    public static ExpansionLimit None { get; } = new(() => long.MaxValue, double.PositiveInfinity);

    /// <summary>The limit for what is unpacked of a file as it is read.</summary>
    public static ExpansionLimit Of(FileStream file, double maxRatio)
    {
        // Some libraries close what they unpack as soon as they have all of it.
        long length = file.Length;
        return new ExpansionLimit(() => file.CanRead ? file.Position : length, maxRatio);
    }

    /// <summary>Counts unpacked bytes.</summary>
    /// <exception cref="InvalidDataException">They are too many.</exception>
    public void Add(long bytes)
    {
        if ((_produced += bytes) > FreeBytes && _produced > maxRatio * packedBytes())
            throw new InvalidDataException($"it unpacks to more than {maxRatio} times its size (corpus.max_expansion_ratio)");
    }
}
