namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// Where the parameters of a key stand in the full parameter vector, and in the rows and columns of matrices over it: a, then g = ln B, key
/// after key. Within the block of one cation keys count from the first of the block.
/// </summary>
internal static class ParameterLayout
{
    /// <summary>Parameters of each key.</summary>
    public const int PerKey = 2;

    /// <summary>Length of the vector of so many keys.</summary>
    public static int Count(int keyCount) => PerKey * keyCount;

    /// <summary>Number of keys of a vector of some length.</summary>
    public static int KeyCount(int parameterCount) => parameterCount / PerKey;

    /// <summary>Place of the offset a of a key; its parameters begin here.</summary>
    public static int Offset(int key) => PerKey * key;

    /// <summary>Place of the g = ln B of a key.</summary>
    public static int LogSoftness(int key) => PerKey * key + 1;

    /// <summary>The key that a parameter belongs to.</summary>
    public static int KeyOf(int parameter) => parameter / PerKey;

    /// <summary>True for an a, false for a g.</summary>
    public static bool IsOffset(int parameter) => parameter % PerKey == 0;

    /// <summary>a and g of a key.</summary>
    public static (double Offset, double LogSoftness) Of(ReadOnlySpan<double> parameters, int key)
        => (parameters[Offset(key)], parameters[LogSoftness(key)]);

    /// <summary>The vector whose entries depend on the key and the kind of parameter.</summary>
    /// <param name="keyCount">Number of keys.</param>
    /// <param name="offset">a of a key.</param>
    /// <param name="logSoftness">g of a key.</param>
    public static double[] Vector(int keyCount, Func<int, double> offset, Func<int, double> logSoftness) =>
        [.. Enumerable.Range(0, Count(keyCount)).Select(i => IsOffset(i) ? offset(KeyOf(i)) : logSoftness(KeyOf(i)))];
}
