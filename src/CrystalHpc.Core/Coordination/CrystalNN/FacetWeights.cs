using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Core.Coordination;

/// <summary>
/// The weights that CrystalNN gives to the neighbors around one Voronoi cell, in descending order: solid angle, corrected for open
/// structures, electronegativity and distance, rounded to three decimals. Reuses its working space.
/// </summary>
internal sealed class FacetWeights
{
    // Pauling electronegativities span this much.
    private const double LargestElectronegativityDifference = 3.3;

    private int[] _facets = new int[32];
    private double[] _weights = new double[32];
    private int _count;

    /// <summary>Rounded weights, descending, all positive.</summary>
    public ReadOnlySpan<double> Weights => _weights.AsSpan(0, _count);

    /// <summary>Index of the facet of each weight.</summary>
    public ReadOnlySpan<int> Facets => _facets.AsSpan(0, _count);

    /// <summary>Weighs the facets of a cell around a site.</summary>
    public void Compute(CrystalNNOptions options, SiteProperties[] sites, int centerSite, ReadOnlySpan<int> siteOfAtom,
        ReadOnlySpan<VoronoiFacet> facets, ReadOnlySpan<Neighbor> neighbors)
    {
        if (_facets.Length < facets.Length)
        {
            _facets = new int[2 * facets.Length];
            _weights = new double[2 * facets.Length];
        }

        _count = 0;
        ref readonly SiteProperties center = ref sites[centerSite];
        for (int i = 0; i < facets.Length; i++)
        {
            ref readonly SiteProperties other = ref sites[siteOfAtom[neighbors[facets[i].Entry].Atom]];
            if (options.OppositeChargesOnly && center.IsLikeCharged(other))
                continue;
            double weight = facets[i].SolidAngle;
            if (options.PorousAdjustment)
                weight *= facets[i].SolidAngle / facets[i].AreaSquareAngstrom;
            double difference = Math.Abs(center.Electronegativity - other.Electronegativity);
            if (!double.IsNaN(difference))
                weight *= 1 + options.ElectronegativityWeight * Math.Sqrt(difference / LargestElectronegativityDifference);
            (_facets[_count], _weights[_count]) = (i, weight);
            _count++;
        }

        double highest = 0;
        foreach (double weight in Weights)
            highest = Math.Max(highest, weight);
        for (int k = 0; k < _count; k++)
        {
            VoronoiFacet facet = facets[_facets[k]];
            ref readonly SiteProperties other = ref sites[siteOfAtom[neighbors[facet.Entry].Atom]];
            _weights[k] = _weights[k] / highest * DistanceFactor(options, center, other, facet.DistanceAngstrom);
        }

        SortDescending();
        Round();
    }

    private static double DistanceFactor(CrystalNNOptions options, in SiteProperties center, in SiteProperties other, double distance)
    {
        double sum = center.IonicRadius + other.IonicRadius;
        if (double.IsNaN(sum))
            sum = center.NeutralRadius + other.NeutralRadius;
        double low = sum + options.DistanceCutoffLowAngstrom, high = sum + options.DistanceCutoffHighAngstrom;
        // Without any radius there is nothing to compare the distance with: no comparison holds for NaN.
        if (distance >= high)
            return distance <= low ? 1 : 0;
        return distance > low ? 0.5 * (Math.Cos((distance - low) / (high - low) * Math.PI) + 1) : 1;
    }

    // Insertion: facets are few and nearest first, so nearly sorted. Equal weights keep the order of the neighbors.
    private void SortDescending()
    {
        for (int i = 1; i < _count; i++)
        {
            (int facet, double weight) = (_facets[i], _weights[i]);
            int k = i;
            for (; k > 0 && _weights[k - 1] < weight; k--)
                (_facets[k], _weights[k]) = (_facets[k - 1], _weights[k - 1]);
            (_facets[k], _weights[k]) = (facet, weight);
        }
    }

    private void Round()
    {
        double previous = double.PositiveInfinity, rounded = 0;
        for (int k = 0; k < _count; k++)
        {
            double weight = _weights[k];
            if (previous - weight > CoordinationTolerances.FacetWeight)
                rounded = Math.Round(weight, 3);
            previous = weight;
            _weights[k] = rounded;
        }

        while (_count > 0 && _weights[_count - 1] <= 0)
            _count--;
    }
}
