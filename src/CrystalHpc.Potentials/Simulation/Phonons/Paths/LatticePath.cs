using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Potentials.Simulation.Phonons.Paths;

/// <summary>Points of a Brillouin zone and the lines between them that are drawn.</summary>
/// <param name="name">Name of the lattice and its variation.</param>
/// <param name="lines">Names of points along the lines; a bar where a line ends and the next begins.</param>
/// <param name="points">Each point, in fractions of the reciprocal vectors of the primitive cell.</param>
internal sealed class LatticePath(string name, string lines, params (string Name, double X, double Y, double Z)[] points)
{
    /// <summary>Name of the lattice, such as <c>FCC</c>.</summary>
    public string Name => name;

    /// <summary>The straight lines in turn.</summary>
    public IEnumerable<(string From, string To)> Lines =>
        lines.Split(" | ").Select(line => line.Split(' ')).SelectMany(line => line.Zip(line.Skip(1)));

    /// <summary>The point of a name.</summary>
    public Fractional PointOf(string point)
    {
        (string _, double x, double y, double z) = points.First(entry => entry.Name == point);
        return new Fractional(x, y, z);
    }
}
