using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Core.Statistics;

/// <summary>How distances are counted.</summary>
/// <param name="CutoffAngstrom">Longest distance counted, Å; longer ones are ignored.</param>
/// <param name="BinWidthAngstrom">Width of a histogram bin, Å: what quantiles are read from.</param>
public sealed record PairDistanceOptions(
    [property: Range(0.5, 20.0)] double CutoffAngstrom,
    [property: Range(0.0001, 1.0)] double BinWidthAngstrom)
{
    /// <summary>To 6 Å in steps of 0.01 Å.</summary>
    public static PairDistanceOptions Default { get; } = new(CutoffAngstrom: 6, BinWidthAngstrom: 0.01);
}
