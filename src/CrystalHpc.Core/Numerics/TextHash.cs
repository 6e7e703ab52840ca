namespace CrystalHpc.Core.Numerics;

/// <summary>Numbers that stand for texts, the same in every process: what counter-based random numbers are drawn for.</summary>
public static class TextHash
{
    /// <summary>64-bit FNV-1a hash of the UTF-16 units of a text, mixed.</summary>
    public static ulong Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ulong hash = 14695981039346656037;
        foreach (char unit in text)
            hash = (hash ^ unit) * 1099511628211;
        return Mix(hash);
    }

    /// <summary>
    /// The finalizer of SplitMix64 (Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195): every bit depends on every bit.
    /// </summary>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
