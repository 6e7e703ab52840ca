namespace CrystalHpc.Core.Neighbors;

/// <summary>The part of a Voronoi cell that faces one neighbor.</summary>
/// <param name="Entry">Index of the neighbor in the list that the cell was computed from.</param>
/// <param name="DistanceAngstrom">Distance from the center to the neighbor, Å; the facet lies half as far.</param>
/// <param name="SolidAngle">Solid angle of the facet seen from the center, sr; those of all facets add up to 4π.</param>
/// <param name="AreaSquareAngstrom">Area, Å².</param>
/// <param name="VolumeCubicAngstrom">Volume of the pyramid from the center to the facet, Å³.</param>
/// <param name="Corners">Number of corners; where many planes meet in a point, corners that coincide are counted singly.</param>
public readonly record struct VoronoiFacet(
    int Entry, double DistanceAngstrom, double SolidAngle, double AreaSquareAngstrom, double VolumeCubicAngstrom, int Corners);
