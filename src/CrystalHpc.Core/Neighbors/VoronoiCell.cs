using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>
/// The Voronoi cell of an atom: all points nearer to it than to any other atom (W. Blatov, Crystallogr. Rev. 10 (2004) 249,
/// doi 10.1080/08893110412331323170). Found exactly by cutting a cube with the planes halfway to the neighbors, nearest first,
/// until no neighbor left can reach the cell: one farther away than twice the farthest corner cannot. Reuses its working space:
/// one instance a thread; the result stays valid until the next computation.
/// </summary>
public sealed class VoronoiCell
{
    // Half edges of the cube that is cut, Å. Corners keep rounding noise in proportion to it, so the large one, far beyond any
    // closed cell, is for cells that the small one does not hold.
    private const double SmallCube = 16;
    private const double LargeCube = 1e5;

    private readonly ConvexPolyhedron _polyhedron = new();
    private VoronoiFacet[] _facets = new VoronoiFacet[32];
    private int _facetCount;
    private (int Entry, double Distance)[] _planes = new (int, double)[32];
    private int _planeCount;

    /// <summary>True when the given neighbors close the cell on all sides.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>
    /// Distance of the farthest corner from the center, Å. The cell is final when the neighbors were complete to twice this distance.
    /// </summary>
    public double FarthestCornerAngstrom { get; private set; }

    /// <summary>Volume, Å³; only of the facets that belong to neighbors when the cell is not closed.</summary>
    public double VolumeCubicAngstrom { get; private set; }

    /// <summary>Facets, in the order of the neighbors.</summary>
    public ReadOnlySpan<VoronoiFacet> Facets => _facets.AsSpan(0, _facetCount);

    /// <summary>Computes the cell of one row of a neighbor list.</summary>
    /// <param name="neighbors">Neighbors by distance.</param>
    /// <param name="row">Which center of the list.</param>
    public void Compute(NeighborList neighbors, int row)
    {
        ArgumentNullException.ThrowIfNull(neighbors);
        Range range = neighbors.Offsets[row]..neighbors.Offsets[row + 1];
        ReadOnlySpan<Cartesian> vectors = neighbors.Vectors[range];
        ReadOnlySpan<double> distances = neighbors.Distances[range];
        Cut(vectors, distances, SmallCube);
        if (!IsClosed)
            Cut(vectors, distances, LargeCube);
    }

    /// <summary>Computes the cell from neighbors in ascending distance.</summary>
    internal void Compute(ReadOnlySpan<Neighbor> neighbors)
    {
        Cut(neighbors, SmallCube);
        if (!IsClosed)
            Cut(neighbors, LargeCube);
    }

    private void Cut(ReadOnlySpan<Cartesian> vectors, ReadOnlySpan<double> distances, double cube)
    {
        Begin(cube);
        for (int i = 0; i < vectors.Length && Reaches(distances[i]); i++)
            Cut(vectors[i], distances[i], i);
        Measure();
    }

    private void Cut(ReadOnlySpan<Neighbor> neighbors, double cube)
    {
        Begin(cube);
        for (int i = 0; i < neighbors.Length && Reaches(neighbors[i].Distance); i++)
            Cut(neighbors[i].Vector, neighbors[i].Distance, i);
        Measure();
    }

    private void Begin(double cube)
    {
        _polyhedron.Reset(cube);
        _planeCount = 0;
    }

    private bool Reaches(double distance) => distance * distance <= 4 * _polyhedron.FarthestSquared;

    private void Cut(Cartesian vector, double distance, int entry)
    {
        if (distance <= NeighborTolerances.SamePlaceAngstrom || !_polyhedron.Cut(1 / distance * vector, 0.5 * distance, _planeCount))
            return;
        if (_planeCount == _planes.Length)
            Array.Resize(ref _planes, 2 * _planeCount);
        _planes[_planeCount++] = (entry, distance);
    }

    private void Measure()
    {
        _facetCount = 0;
        VolumeCubicAngstrom = 0;
        IsClosed = true;
        FarthestCornerAngstrom = Math.Sqrt(_polyhedron.FarthestSquared);
        for (int face = 0; face < _polyhedron.FaceCount;)
        {
            int plane = _polyhedron.PlaneOf(face), corners = 0;
            double solidAngle = 0, volume = 0;
            do
            {
                ReadOnlySpan<int> loop = _polyhedron.CornersOf(face);
                corners += loop.Length;
                Cartesian first = _polyhedron.Corner(loop[0]);
                for (int i = 2; i < loop.Length; i++)
                    AddTriangle(first, _polyhedron.Corner(loop[i - 1]), _polyhedron.Corner(loop[i]), ref solidAngle, ref volume);
            }
            while (++face < _polyhedron.FaceCount && _polyhedron.PlaneOf(face) == plane);

            IsClosed &= plane >= 0;
            if (plane >= 0 && solidAngle > NeighborTolerances.SmallestSolidAngleSteradian)
                AddFacet(_planes[plane].Entry, _planes[plane].Distance, solidAngle, volume, corners);
        }
    }

    // Solid angle: A. van Oosterom, J. Strackee, IEEE Trans. Biomed. Eng. BME-30 (1983) 125, doi 10.1109/TBME.1983.325207.
    private static void AddTriangle(Cartesian a, Cartesian b, Cartesian c, ref double solidAngle, ref double volume)
    {
        double la = a.Length, lb = b.Length, lc = c.Length;
        double triple = Math.Abs(Cartesian.Dot(a, Cartesian.Cross(b, c)));
        double cosines = la * lb * lc + Cartesian.Dot(a, b) * lc + Cartesian.Dot(a, c) * lb + Cartesian.Dot(b, c) * la;
        solidAngle += 2 * Math.Atan2(triple, cosines);
        volume += triple / 6;
    }

    private void AddFacet(int entry, double distance, double solidAngle, double volume, int corners)
    {
        if (_facetCount == _facets.Length)
            Array.Resize(ref _facets, 2 * _facetCount);
        _facets[_facetCount++] = new VoronoiFacet(entry, distance, solidAngle, 6 * volume / distance, volume, corners);
        VolumeCubicAngstrom += volume;
    }
}
