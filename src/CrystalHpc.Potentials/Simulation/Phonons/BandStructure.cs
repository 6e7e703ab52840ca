using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Simulation.Phonons.Paths;

namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>Frequencies along the lines between the points of high symmetry.</summary>
/// <param name="Lattice">Name of the lattice, such as <c>FCC</c>.</param>
/// <param name="Points">Points on all lines in turn.</param>
internal sealed record BandStructure(string Lattice, IReadOnlyList<BandPoint> Points)
{
    // Distance of points, 1/A, with wave vectors as inverse wave lengths.
    private const double SpacingPerAngstrom = 0.008;

    /// <summary>Computes the frequencies.</summary>
    /// <param name="matrix">What gives them.</param>
    /// <param name="lattice">The lines.</param>
    /// <param name="cell">The cell whose reciprocal vectors wave vectors refer to.</param>
    public static BandStructure Of(DynamicalMatrix matrix, PathLattice lattice, Basis cell)
    {
        var points = new List<BandPoint>();
        Basis reciprocal = lattice.Primitive.Reciprocal;
        double distance = 0;
        foreach ((int line, (string from, string to)) in lattice.Path.Lines.Index())
        {
            Cartesian start = reciprocal.ToCartesian(lattice.Path.PointOf(from));
            Cartesian way = reciprocal.ToCartesian(lattice.Path.PointOf(to)) - start;
            int steps = Math.Max(1, (int)Math.Ceiling(way.Length / SpacingPerAngstrom));
            for (int i = 0; i <= steps; i++)
            {
                double share = (double)i / steps;
                Fractional q = cell.Project(start + share * way);
                string label = i == 0 ? from : i == steps ? to : "";
                points.Add(new BandPoint(line + 1, label, distance + share * way.Length, q, matrix.Frequencies(q)));
            }

            distance += way.Length;
        }

        return new BandStructure(lattice.Path.Name, points);
    }
}

/// <summary>A point on a line.</summary>
/// <param name="Line">Number of the line, from 1.</param>
/// <param name="Label">Name of the point; empty between ends.</param>
/// <param name="Distance">Way from the first point along all lines, 1/A.</param>
/// <param name="Q">Wave vector in fractions of the reciprocal vectors of the cell.</param>
/// <param name="Terahertz">Frequencies in ascending order, THz; imaginary ones as negative numbers.</param>
internal sealed record BandPoint(int Line, string Label, double Distance, Fractional Q, double[] Terahertz);
