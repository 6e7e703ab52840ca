using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Engine.Report;

/// <summary>The faces of a convex polyhedron from its corners.</summary>
internal static class PolyhedronFaces
{
    /// <summary>
    /// The faces as corners in order around them; one face for corners in a plane, none for corners on a line. For the few corners of a
    /// coordination polyhedron: every plane through three of them is asked whether all others lie on one side.
    /// </summary>
    /// <param name="corners">The corners, Å.</param>
    /// <param name="flatAngstrom">Corners this close to a plane lie in it, Å.</param>
    public static IReadOnlyList<Cartesian[]> Of(IReadOnlyList<Cartesian> corners, double flatAngstrom)
    {
        var faces = new List<Cartesian[]>();
        var known = new HashSet<string>();
        for (int i = 0; i < corners.Count; i++)
        {
            for (int j = i + 1; j < corners.Count; j++)
            {
                for (int k = j + 1; k < corners.Count; k++)
                {
                    if (Plane(corners, i, j, k, flatAngstrom) is { } face && known.Add(string.Join(' ', face)))
                        faces.Add(InOrder([.. face.Select(corner => corners[corner])]));
                }
            }
        }

        return faces;
    }

    // The corners in the plane through three of them; null where others lie on both sides, or the three on a line.
    private static int[]? Plane(IReadOnlyList<Cartesian> corners, int i, int j, int k, double flatAngstrom)
    {
        var normal = Cartesian.Cross(corners[j] - corners[i], corners[k] - corners[i]);
        if (normal.Length < flatAngstrom * flatAngstrom)
            return null;
        double[] heights = [.. corners.Select(corner => Cartesian.Dot(corner - corners[i], normal) / normal.Length)];
        bool above = heights.Any(height => height > flatAngstrom), below = heights.Any(height => height < -flatAngstrom);
        return above && below ? null : [.. Enumerable.Range(0, corners.Count).Where(corner => Math.Abs(heights[corner]) <= flatAngstrom)];
    }

    private static Cartesian[] InOrder(Cartesian[] face)
    {
        Cartesian middle = Middle(face), first = face[0] - middle;
        var normal = Cartesian.Cross(first, face.Select(corner => corner - middle).MaxBy(arm => Cartesian.Cross(first, arm).LengthSquared));
        var second = Cartesian.Cross(normal, first);
        return [.. face.OrderBy(corner => Math.Atan2(
            Cartesian.Dot(corner - middle, second) / Math.Max(second.Length, double.Epsilon),
            Cartesian.Dot(corner - middle, first) / Math.Max(first.Length, double.Epsilon)))];
    }

    /// <summary>The mean of the corners.</summary>
    public static Cartesian Middle(IReadOnlyCollection<Cartesian> corners)
        => (1.0 / corners.Count) * corners.Aggregate(default(Cartesian), (sum, corner) => sum + corner);
}
