namespace CrystalHpc.Engine.Corpora;

/// <summary>How much a file or archive may hold.</summary>
/// <param name="MaxFileBytes">Longest file, unpacked.</param>
/// <param name="MaxExpansionRatio">Largest unpacked length for each packed byte.</param>
public readonly record struct CorpusLimits(long MaxFileBytes, double MaxExpansionRatio)
{
    /// <summary>The limits that the options state.</summary>
    public static CorpusLimits Of(CorpusOptions options) => new(options.MaxFileBytes, options.MaxExpansionRatio);
}
