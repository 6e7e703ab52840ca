using System.ComponentModel.DataAnnotations;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.Coordination;

/// <summary>
/// Effective coordination (ECoN): a neighbor at distance r counts w = exp(1 - (r/r_m)^6), where r_m is the mean of all distances, each
/// weighted by its own w; those with w above a tolerance are neighbors (R. Hoppe, Z. Kristallogr. 150 (1979) 23, equations 2 and 4;
/// EconNN of pymatgen 2022.11.7). The sum of the weights is Hoppe's effective coordination number; bonds shorter than the mean weigh
/// more than 1.
/// </summary>
public sealed class EffectiveCoordination(EffectiveCoordinationOptions options) : ICoordinationDefinition
{
    // Beyond this many times the nearest distance no weight matters: r_m is hardly larger than the nearest, so w < e^-100.
    private const double Reach = 3;

    private const int MostRounds = 1000;

    private readonly CandidateSearch _search = new();

    /// <inheritdoc/>
    public CoordinationShell Find(CrystalStructure structure, int atom, ICollection<Finding>? findings = null)
    {
        double cutoff = options.CutoffAngstrom;
        if (!options.FictiveRadii)
        {
            double nearest = _search.NearestDistance(cutoff, structure, atom, options.OppositeChargesOnly);
            if (double.IsNaN(nearest))
                return _search.Shell(findings);
            cutoff = Math.Min(cutoff, Reach * nearest);
        }

        _search.Within(cutoff, structure, atom, options.OppositeChargesOnly);
        Span<double> lengths = _search.Weights;
        WriteLengths(lengths);
        double mean = Mean(lengths);
        for (int i = 0; i < lengths.Length; i++)
        {
            double weight = Weight(lengths[i], mean);
            lengths[i] = weight > options.MinimumWeight - CoordinationTolerances.Weight ? weight : 0;
        }

        return _search.Shell(findings);
    }

    // Fictive ionic radius: the distance divided in proportion to the radii of center and neighbor (equation 1); in halves where one
    // of them is not tabulated.
    private void WriteLengths(Span<double> lengths)
    {
        ReadOnlySpan<Neighbor> candidates = _search.Candidates;
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = candidates[i].Distance;
            if (!options.FictiveRadii)
                continue;
            double part = _search.Center.Radius / (_search.Center.Radius + _search.PropertiesOf(i).Radius);
            lengths[i] *= double.IsNaN(part) ? 0.5 : part;
        }
    }

    private static double Mean(ReadOnlySpan<double> lengths)
    {
        double mean = double.PositiveInfinity;
        foreach (double length in lengths)
            mean = Math.Min(mean, length);
        double previous = double.PositiveInfinity;
        for (int round = 0; round < MostRounds && Math.Abs(mean - previous) > CoordinationTolerances.SettledAngstrom; round++)
        {
            (double sum, double weights) = (0, 0);
            foreach (double length in lengths)
            {
                double weight = Weight(length, mean);
                (sum, weights) = (sum + weight * length, weights + weight);
            }

            (previous, mean) = (mean, sum / weights);
        }

        return mean;
    }

    private static double Weight(double length, double mean)
    {
        double ratio = length / mean, cube = ratio * ratio * ratio;
        return PortableMath.Exp(1 - cube * cube);
    }
}

/// <summary>Settings of <see cref="EffectiveCoordination"/>; <see cref="Default"/> holds those of pymatgen 2022.11.7.</summary>
/// <param name="MinimumWeight">Atoms that count more than this are neighbors.</param>
/// <param name="FictiveRadii">
/// True: Hoppe's fictive ionic radii stand for the distances, so that neighbors of different size are compared fairly. False: distances.
/// </param>
/// <param name="CutoffAngstrom">Neighbors are searched to this distance, Å.</param>
/// <param name="OppositeChargesOnly">
/// True: only neighbors whose charge times the charge of the center is not positive are candidates, an unknown charge counting as zero
/// (published name: cation_anion).
/// </param>
public sealed record EffectiveCoordinationOptions(
    [property: Range(0.0, 1.0)] double MinimumWeight,
    bool FictiveRadii,
    [property: Range(1.0, 12.0)] double CutoffAngstrom,
    bool OppositeChargesOnly) : ICoordinationOptions
{
    /// <summary>Weights above 0.2, of distances; any charges.</summary>
    public static EffectiveCoordinationOptions Default { get; } =
        new(MinimumWeight: 0.2, FictiveRadii: false, CutoffAngstrom: 10, OppositeChargesOnly: false);

    /// <inheritdoc/>
    public ICoordinationDefinition Create() => new EffectiveCoordination(this);
}
