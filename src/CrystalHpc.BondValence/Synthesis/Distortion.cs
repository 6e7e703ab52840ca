using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>Random strains and displacements that keep the symmetry of a template.</summary>
internal static class Distortion
{
    /// <summary>
    /// A cell scaled and strained at random: what remains of a strain of all six components when it is averaged over the point group.
    /// </summary>
    /// <param name="template">The template.</param>
    /// <param name="scale">Factor of all edges before the strain.</param>
    /// <param name="strain">Standard deviation of each component.</param>
    /// <param name="random">Random numbers.</param>
    public static UnitCell Strain(Template template, double scale, double strain, CounterRandom random)
    {
        UnitCell cell = template.Prototype.Cell;
        double xx = 1 + strain * random.NextNormal(), yy = 1 + strain * random.NextNormal(), zz = 1 + strain * random.NextNormal();
        double xy = strain * random.NextNormal(), xz = strain * random.NextNormal(), yz = strain * random.NextNormal();
        Cartesian Apply(Cartesian v) => scale * new Cartesian(xx * v.X + xy * v.Y + xz * v.Z, yy * v.Y + yz * v.Z, zz * v.Z);
        Cartesian[] axes = [Apply(cell.AxisA), Apply(cell.AxisB), Apply(cell.AxisC)];
        double[] metric = new double[9];
        foreach (SymmetryOperation w in template.Operations)
        {
            Cartesian[] images =
            [
                w.W11 * axes[0] + w.W21 * axes[1] + w.W31 * axes[2],
                w.W12 * axes[0] + w.W22 * axes[1] + w.W32 * axes[2],
                w.W13 * axes[0] + w.W23 * axes[1] + w.W33 * axes[2],
            ];
            for (int i = 0; i < 9; i++)
                metric[i] += Cartesian.Dot(images[i / 3], images[i % 3]) / template.Operations.Count;
        }

        (double a, double b, double c) = (Math.Sqrt(metric[0]), Math.Sqrt(metric[4]), Math.Sqrt(metric[8]));
        return new UnitCell(a, b, c, Angle(metric[5] / (b * c)), Angle(metric[2] / (a * c)), Angle(metric[1] / (a * b)));
    }

    /// <summary>Displaces each site at random, as far as its symmetry allows.</summary>
    /// <param name="template">The template.</param>
    /// <param name="cell">Cell.</param>
    /// <param name="positions">Positions of the sites, changed.</param>
    /// <param name="angstrom">Standard deviation along each axis, Å.</param>
    /// <param name="random">Random numbers.</param>
    public static void Displace(Template template, UnitCell cell, Span<Fractional> positions, double angstrom, CounterRandom random)
    {
        for (int site = 0; site < positions.Length; site++)
        {
            var shift = new Cartesian(angstrom * random.NextNormal(), angstrom * random.NextNormal(), angstrom * random.NextNormal());
            positions[site] += template.Sites[site].Project(cell.ToFractional(shift));
        }
    }

    // Angles that symmetry fixes come out exact.
    private static double Angle(double cosine)
    {
        double degrees = Math.Acos(cosine) * (180 / Math.PI);
        double whole = Math.Round(degrees);
        return Math.Abs(degrees - whole) < 1e-9 ? whole : degrees;
    }
}
