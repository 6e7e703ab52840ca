using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>
/// A convex polyhedron around the origin, cut by one plane after another. Each corner is either kept or cut off, so the surface
/// stays closed whatever the rounding: where many planes meet in one point (fcc and its kin) corners and edges only become very
/// short, never inconsistent. Reuses its working space.
/// </summary>
internal sealed class ConvexPolyhedron
{
    private Mesh _mesh = new();
    private Mesh _next = new();
    private double[] _height = [];
    private int[] _kept = [];
    private int _cutCount;
    private (int Inside, int Outside)[] _cutEdge = [];
    private int[] _cutCorner = [];
    private int[] _cutFollower = [];

    /// <summary>Number of faces; a plane that was cut in two by rounding has two faces next to each other.</summary>
    public int FaceCount => _mesh.FaceCount;

    /// <summary>Squared distance of the farthest corner, Å².</summary>
    public double FarthestSquared { get; private set; }

    /// <summary>Number that was given with the plane of a face; negative for the starting cube.</summary>
    public int PlaneOf(int face) => _mesh.Plane[face];

    /// <summary>Corners of a face in order around it.</summary>
    public ReadOnlySpan<int> CornersOf(int face) => _mesh.Loop.AsSpan(_mesh.Start[face], _mesh.Start[face + 1] - _mesh.Start[face]);

    /// <summary>Position of a corner, Å.</summary>
    public Cartesian Corner(int corner) => _mesh.Corners[corner];

    /// <summary>Starts again from a cube around the origin with the given half edge, Å.</summary>
    public void Reset(double half)
    {
        _mesh.Clear();
        for (int i = 0; i < 8; i++)
            _mesh.AddCorner(new Cartesian((i & 1) == 0 ? -half : half, (i & 2) == 0 ? -half : half, (i & 4) == 0 ? -half : half));
        ReadOnlySpan<int> loops = [0, 4, 6, 2, 1, 3, 7, 5, 0, 1, 5, 4, 2, 6, 7, 3, 0, 2, 3, 1, 4, 5, 7, 6];
        for (int face = 0; face < 6; face++)
        {
            for (int i = 0; i < 4; i++)
                _mesh.AddToLoop(loops[4 * face + i]);
            _mesh.CloseFace(-1 - face);
        }

        FarthestSquared = 3 * half * half;
    }

    /// <summary>Cuts off what lies beyond the plane normal · p = distance; false when nothing does.</summary>
    /// <param name="normal">Unit normal, pointing away from what is kept.</param>
    /// <param name="distance">Distance of the plane from the origin, Å.</param>
    /// <param name="plane">Number of the plane, 0 or more.</param>
    public bool Cut(Cartesian normal, double distance, int plane)
    {
        if (!KeepCorners(normal, distance))
            return false;
        _cutCount = 0;
        for (int face = 0; face < _mesh.FaceCount; face++)
            CutFace(face);
        AddNewFaces(plane);
        (_mesh, _next) = (_next, _mesh);
        return true;
    }

    private bool KeepCorners(Cartesian normal, double distance)
    {
        int corners = _mesh.CornerCount;
        if (_height.Length < corners)
        {
            _height = new double[2 * corners];
            _kept = new int[2 * corners];
        }

        bool cuts = false;
        for (int i = 0; i < corners; i++)
        {
            _height[i] = Cartesian.Dot(normal, _mesh.Corners[i]) - distance;
            cuts |= _height[i] > NeighborTolerances.TouchingAngstrom;
        }

        if (!cuts)
            return false;
        _next.Clear();
        FarthestSquared = 0;
        for (int i = 0; i < corners; i++)
            _kept[i] = _height[i] > NeighborTolerances.TouchingAngstrom ? -1 : AddCorner(_mesh.Corners[i]);
        return true;
    }

    private int AddCorner(Cartesian corner)
    {
        FarthestSquared = Math.Max(FarthestSquared, corner.LengthSquared);
        return _next.AddCorner(corner);
    }

    // Walks around a face. Where the walk leaves the kept part and where it comes back, the face gets a new corner; the new face
    // has an edge from the second to the first.
    private void CutFace(int face)
    {
        ReadOnlySpan<int> loop = CornersOf(face);
        int leaving = -1, firstEntry = -1, added = 0;
        for (int i = 0; i < loop.Length; i++)
        {
            int from = loop[i], to = loop[i + 1 == loop.Length ? 0 : i + 1];
            bool fromKept = _kept[from] >= 0, toKept = _kept[to] >= 0;
            if (fromKept)
            {
                _next.AddToLoop(_kept[from]);
                added++;
            }

            if (fromKept == toKept)
                continue;
            int cut = fromKept ? CutEdge(from, to) : CutEdge(to, from);
            _next.AddToLoop(_cutCorner[cut]);
            added++;
            if (fromKept)
                leaving = cut;
            else if (leaving >= 0)
                (_cutFollower[cut], leaving) = (leaving, -1);
            else
                firstEntry = cut;
        }

        if (firstEntry >= 0)
            _cutFollower[firstEntry] = leaving;
        if (added > 0)
            _next.CloseFace(_mesh.Plane[face]);
    }

    private int CutEdge(int inside, int outside)
    {
        for (int i = 0; i < _cutCount; i++)
        {
            if (_cutEdge[i] == (inside, outside))
                return i;
        }

        if (_cutCount == _cutEdge.Length)
        {
            int size = Math.Max(32, 2 * _cutCount);
            Array.Resize(ref _cutEdge, size);
            Array.Resize(ref _cutCorner, size);
            Array.Resize(ref _cutFollower, size);
        }

        // Interpolated from the end nearer to the plane: keeps corners accurate when the other end is still far away.
        double below = Math.Max(0, -_height[inside]), above = _height[outside];
        Cartesian low = _mesh.Corners[inside], high = _mesh.Corners[outside];
        double along = below / (below + above);
        Cartesian corner = along <= 0.5 ? low + along * (high - low) : high + above / (below + above) * (low - high);
        _cutEdge[_cutCount] = (inside, outside);
        _cutCorner[_cutCount] = AddCorner(corner);
        return _cutCount++;
    }

    // The followers form closed rings: one, or by rounding a second tiny one.
    private void AddNewFaces(int plane)
    {
        for (int start = 0; start < _cutCount; start++)
        {
            if (_cutFollower[start] < 0)
                continue;
            for (int cut = start; _cutFollower[cut] >= 0;)
            {
                _next.AddToLoop(_cutCorner[cut]);
                (cut, _cutFollower[cut]) = (_cutFollower[cut], -1);
            }

            _next.CloseFace(plane);
        }
    }

    /// <summary>Corners, and faces as rings of corners.</summary>
    private sealed class Mesh
    {
        public Cartesian[] Corners = new Cartesian[64];
        public int[] Loop = new int[256];
        public int[] Start = new int[64];
        public int[] Plane = new int[64];
        private int _loopCount;

        public int CornerCount { get; private set; }

        public int FaceCount { get; private set; }

        public void Clear() => (CornerCount, FaceCount, _loopCount, Start[0]) = (0, 0, 0, 0);

        public int AddCorner(Cartesian corner)
        {
            if (CornerCount == Corners.Length)
                Array.Resize(ref Corners, 2 * CornerCount);
            Corners[CornerCount] = corner;
            return CornerCount++;
        }

        public void AddToLoop(int corner)
        {
            if (_loopCount == Loop.Length)
                Array.Resize(ref Loop, 2 * _loopCount);
            Loop[_loopCount++] = corner;
        }

        public void CloseFace(int plane)
        {
            if (FaceCount + 1 == Start.Length)
            {
                Array.Resize(ref Start, 2 * Start.Length);
                Array.Resize(ref Plane, 2 * Plane.Length);
            }

            Plane[FaceCount++] = plane;
            Start[FaceCount] = _loopCount;
        }
    }
}
