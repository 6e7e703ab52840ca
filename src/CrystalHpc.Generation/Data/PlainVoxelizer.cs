using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Generation.Data;

/// <summary>Voxels by their formulas, one voxel after another: slow, and what <see cref="Voxelizer"/> is compared with.</summary>
internal static class PlainVoxelizer
{
    /// <summary>The density at the middle of a voxel, images within two cells.</summary>
    public static double Density(VoxelGrid grid, CubicCell cell, int x, int y, int z)
    {
        double density = 0;
        for (int atom = 0; atom < cell.Count; atom++)
        {
            double width = grid.HasUnitWidth ? 1 : VoxelRadii.Of(cell.Elements[atom]);
            double height = AtomShadows.Amplitude(cell.Elements[atom].AtomicNumber, width, grid.IsNormalized);
            Fractional offset = new Fractional(grid.Middle(x), grid.Middle(y), grid.Middle(z)) - cell.Positions[atom];
            for (int image = 0; image < 7 * 7 * 7; image++)
            {
                double dx = offset.X - (image % 7 - 3), dy = offset.Y - (image / 7 % 7 - 3), dz = offset.Z - (image / 49 - 3);
                double square = (dx * dx + dy * dy + dz * dz) * cell.EdgeAngstrom * cell.EdgeAngstrom;
                density += height * Math.Exp(-square / (2 * width * width));
            }
        }

        return density;
    }

    /// <summary>The atomic number of the atom that a voxel belongs to; 0 when it belongs to none.</summary>
    public static byte Species(VoxelGrid grid, CubicCell cell, int x, int y, int z)
    {
        (double best, byte species) = (double.PositiveInfinity, 0);
        for (int atom = 0; atom < cell.Count; atom++)
        {
            double radius = VoxelRadii.Of(cell.Elements[atom]);
            Fractional at = cell.Positions[atom];
            double square = SquaredDistance(grid.Middle(z), at.Z, cell.EdgeAngstrom)
                + SquaredDistance(grid.Middle(y), at.Y, cell.EdgeAngstrom)
                + SquaredDistance(grid.Middle(x), at.X, cell.EdgeAngstrom);
            if (square <= radius * radius + Voxelizer.Tie && square < best - Voxelizer.Tie)
                (best, species) = (square, cell.Elements[atom].AtomicNumber);
        }

        return species;
    }

    /// <summary>The square of the distance of two places along an axis, nearest images, A^2.</summary>
    public static double SquaredDistance(double first, double second, double edge)
    {
        double difference = first - second;
        difference -= Math.Round(difference);
        return difference * edge * (difference * edge);
    }
}
