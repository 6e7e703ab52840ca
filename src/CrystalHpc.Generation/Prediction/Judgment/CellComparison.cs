using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Matching;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction.Judgment;

/// <summary>What is wrong with a decoded cell.</summary>
public enum CellFault
{
    /// <summary>Nothing: it is complete.</summary>
    None,

    /// <summary>There is no cell.</summary>
    NoCell,

    /// <summary>Sites are missing.</summary>
    Missing,

    /// <summary>There are sites too many.</summary>
    Extra,

    /// <summary>An element is wrong.</summary>
    Species,

    /// <summary>A site is off by more than half a voxel.</summary>
    Distance,
}

/// <summary>A decoded cell beside the true one.</summary>
/// <param name="Fault">The first fault.</param>
/// <param name="MeanDistance">Mean distance of sites in the assignment of least distance, A; NaN when there is no cell.</param>
/// <param name="LargestDistance">Largest distance in that assignment, A.</param>
/// <param name="Sites">Sites decoded less true ones.</param>
public readonly record struct CellComparison(CellFault Fault, double MeanDistance, double LargestDistance, int Sites)
{
    /// <summary>Compares two cells in the frame of the true one.</summary>
    /// <param name="truth">The true cell.</param>
    /// <param name="decoded">The other; null when there is none.</param>
    /// <param name="voxelAngstrom">Edge of a voxel, A.</param>
    public static CellComparison Of(CubicCell truth, CubicCell? decoded, double voxelAngstrom)
    {
        ArgumentNullException.ThrowIfNull(truth);
        if (decoded is null)
            return new(CellFault.NoCell, double.NaN, double.NaN, -truth.Count);
        int n = Math.Max(truth.Count, decoded.Count), pairs = Math.Min(truth.Count, decoded.Count);
        double[] costs = new double[n * n];
        int[] partners = new int[n];
        for (int i = 0; i < truth.Count; i++)
        {
            for (int j = 0; j < decoded.Count; j++)
                costs[i * n + j] = Distance(truth, i, decoded, j);
        }

        new LinearAssignment().Solve(costs, partners);
        (double sum, double largest, bool areElementsRight) = (0, 0, true);
        for (int i = 0; i < truth.Count; i++)
        {
            if (partners[i] >= decoded.Count)
                continue;
            double distance = costs[i * n + partners[i]];
            (sum, largest) = (sum + distance, Math.Max(largest, distance));
            areElementsRight &= truth.Elements[i] == decoded.Elements[partners[i]];
        }

        CellFault fault = decoded.Count < truth.Count ? CellFault.Missing : decoded.Count > truth.Count ? CellFault.Extra
            : !areElementsRight ? CellFault.Species : largest > voxelAngstrom / 2 ? CellFault.Distance : CellFault.None;
        return new(fault, sum / pairs, largest, decoded.Count - truth.Count);
    }

    private static double Distance(CubicCell truth, int i, CubicCell decoded, int j)
    {
        Fractional d = (truth.Positions[i] - decoded.Positions[j]).Nearest();
        return truth.EdgeAngstrom * Math.Sqrt(d.X * d.X + d.Y * d.Y + d.Z * d.Z);
    }
}
