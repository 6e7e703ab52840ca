using CrystalHpc.Core.Crystals;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.Tests.Engine.Report.Drawing;

/// <summary>Faces of polyhedra from their corners.</summary>
public sealed class PolyhedronFacesTests
{
    private static readonly Cartesian[] Octahedron = [new(2, 0, 0), new(-2, 0, 0), new(0, 2, 0), new(0, -2, 0), new(0, 0, 2), new(
        0, 0, -2)];

    private static IReadOnlyList<Cartesian[]> Faces(params Cartesian[] corners) => PolyhedronFaces.Of(corners, 0.1);

    [Test]
    public void An_octahedron_has_eight_triangles()
        => Assert.That(Faces(Octahedron).Select(face => face.Length), Is.EqualTo(Enumerable.Repeat(3, 8)));

    // Euler: corners minus edges plus faces is 2; each edge belongs to two faces.
    [Test]
    public void A_cube_has_six_squares_whose_corners_follow_one_another()
    {
        IReadOnlyList<Cartesian[]> faces = Faces([.. Enumerable.Range(0, 8)
            .Select(bits => new Cartesian(bits & 1, (bits >> 1) & 1, bits >> 2))]);
        Assert.That(faces.Select(face => face.Length), Is.EqualTo(Enumerable.Repeat(4, 6)));
        foreach (Cartesian[] face in faces)
            Assert.That(Enumerable.Range(0, 4).Select(i => (face[i] - face[(i + 1) % 4]).Length), Is.All.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void A_distorted_prism_keeps_its_squares()
    {
        IReadOnlyList<Cartesian[]> faces = Faces(new(2, 0, 0), new(-1, 1.73, 0), new(-1, -1.73, 0.02), new(2, 0, 3), new(-1, 1.73, 3.02),
            new(-1, -1.73, 3));
        Assert.That(faces.Select(face => face.Length).Order(), Is.EqualTo(new[] { 3, 3, 4, 4, 4 }));
    }

    [Test]
    public void Corners_in_a_plane_make_one_face_and_on_a_line_none()
    {
        Assert.That(Faces(Octahedron[..4]), Has.Count.EqualTo(1));
        Assert.That(Faces(Octahedron[0], Octahedron[2], new(-1, -1, 0)), Has.Count.EqualTo(1));
        Assert.That(Faces(new(0, 0, 0), new(1, 0, 0), new(2, 0, 0)), Is.Empty);
        Assert.That(Faces(new Cartesian(0, 0, 0), new Cartesian(1, 0, 0)), Is.Empty);
    }
}
