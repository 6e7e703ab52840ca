namespace CrystalHpc.Core.SpaceGroups;

/// <summary>
/// Symmetry operations as numbers, so that sets of them can be compared: matrix entries from -4 to 3 and translations that are multiples
/// of 1/24, which all conventional settings have.
/// </summary>
public static class OperationCode
{
    private const int Grid = 24;
    private const double GridTolerance = 1e-3;

    /// <summary>False when an entry is out of range or a translation no multiple of 1/24.</summary>
    public static bool TryEncode(SymmetryOperation w, out ulong code)
    {
        code = 0;
        ReadOnlySpan<int> entries = [w.W11, w.W12, w.W13, w.W21, w.W22, w.W23, w.W31, w.W32, w.W33];
        foreach (int entry in entries)
        {
            if (entry is < -4 or > 3)
                return false;
            code = code * 8 + (ulong)(entry + 4);
        }

        ReadOnlySpan<double> translations = [w.T1, w.T2, w.T3];
        foreach (double translation in translations)
        {
            double steps = Math.Round(translation * Grid);
            if (!(Math.Abs(translation * Grid - steps) < GridTolerance * Grid))
                return false;
            code = code * 32 + (ulong)(((int)steps % Grid + Grid) % Grid);
        }

        return true;
    }

    /// <summary>The operation with its translations exactly on multiples of 1/24; false when it has no code.</summary>
    public static bool TrySnap(SymmetryOperation w, out SymmetryOperation snapped, out ulong code)
    {
        snapped = w;
        if (!TryEncode(w, out code))
            return false;
        snapped = w with { T1 = (code >> 10 & 31) / (double)Grid, T2 = (code >> 5 & 31) / (double)Grid, T3 = (code & 31) / (double)Grid };
        return true;
    }

    /// <summary>The codes of a set of operations in ascending order; null when one has no code.</summary>
    public static ulong[]? OfSet(IReadOnlyList<SymmetryOperation> operations)
    {
        var codes = new ulong[operations.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            if (!TryEncode(operations[i], out codes[i]))
                return null;
        }

        Array.Sort(codes);
        return codes;
    }

    /// <summary>Hash of a set for use in tables.</summary>
    public static ulong Hash(ReadOnlySpan<ulong> sortedCodes)
    {
        ulong hash = 14695981039346656037;
        foreach (ulong code in sortedCodes)
            hash = (hash ^ code) * 1099511628211 ^ hash >> 29;
        return hash;
    }
}
