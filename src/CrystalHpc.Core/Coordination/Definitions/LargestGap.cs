using System.ComponentModel.DataAnnotations;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Core.Coordination;

/// <summary>
/// The neighbors are the atoms before the largest gap in the sequence of distances (G. O. Brunner, Acta Cryst. A33 (1977) 226, who
/// takes gaps of reciprocal distances; BrunnerNN_reciprocal, _relative and _real of pymatgen 2022.11.7). Of equal gaps the first one
/// counts. The weight of a neighbor is r_min/r.
/// </summary>
/// <remarks>Gaps of plain differences also occur far from the center, so that the result depends on the cutoff.</remarks>
public sealed class LargestGap(LargestGapOptions options) : ICoordinationDefinition
{
    private readonly CandidateSearch _search = new();

    /// <inheritdoc/>
    public CoordinationShell Find(CrystalStructure structure, int atom, ICollection<Finding>? findings = null)
    {
        _search.Within(options.CutoffAngstrom, structure, atom, options.OppositeChargesOnly);
        ReadOnlySpan<Neighbor> candidates = _search.Candidates;
        int count = BeforeLargestGap(candidates);
        for (int i = 0; i < candidates.Length; i++)
            _search.Weights[i] = i < count ? candidates[0].Distance / candidates[i].Distance : 0;
        return _search.Shell(findings);
    }

    private int BeforeLargestGap(ReadOnlySpan<Neighbor> candidates)
    {
        (int count, double largest) = (candidates.Length, double.NegativeInfinity);
        for (int i = 1; i < candidates.Length; i++)
        {
            double gap = Gap(candidates[i - 1].Distance, candidates[i].Distance);
            if (gap > largest + CoordinationTolerances.DistanceAngstrom)
                (count, largest) = (i, gap);
        }

        return count;
    }

    private double Gap(double near, double far) => options.Measure switch
    {
        GapMeasure.Reciprocal => 1 / near - 1 / far,
        GapMeasure.Ratio => far / near,
        GapMeasure.Difference => far - near,
        _ => throw new InvalidOperationException($"no gap is measured as {options.Measure}"),
    };
}

/// <summary>How the gap between two distances is measured.</summary>
public enum GapMeasure
{
    /// <summary>Difference of the reciprocals, 1/Å: Brunner's own.</summary>
    Reciprocal,

    /// <summary>Ratio of the distances.</summary>
    Ratio,

    /// <summary>Difference of the distances, Å.</summary>
    Difference,
}

/// <summary>Settings of <see cref="LargestGap"/>.</summary>
/// <param name="Measure">How a gap is measured.</param>
/// <param name="CutoffAngstrom">Gaps are looked for to this distance, Å.</param>
/// <param name="OppositeChargesOnly">
/// True: only neighbors whose charge times the charge of the center is not positive are candidates, an unknown charge counting as zero.
/// </param>
public sealed record LargestGapOptions(
    GapMeasure Measure,
    [property: Range(1.0, 12.0)] double CutoffAngstrom,
    bool OppositeChargesOnly) : ICoordinationOptions
{
    /// <summary>Brunner's reciprocal gaps, within 8 Å as in pymatgen 2022.11.7; any charges.</summary>
    public static LargestGapOptions Default { get; } = new(GapMeasure.Reciprocal, CutoffAngstrom: 8, OppositeChargesOnly: false);

    /// <inheritdoc/>
    public ICoordinationDefinition Create() => new LargestGap(this);
}
