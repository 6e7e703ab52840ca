using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Validation;

/// <summary>Empty layers of a cell: slabs, wires and molecules in vacuum, as computations set them up, have wide ones.</summary>
public static class EmptySpace
{
    /// <summary>Width of the widest layer parallel to a face of the cell that holds the center of no atom, Å.</summary>
    public static double WidestLayerAngstrom(CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        UnitCell cell = structure.Cell;
        double widest = 0;
        double[] coordinates = new double[structure.AtomCount];
        for (int axis = 0; axis < 3; axis++)
        {
            for (int atom = 0; atom < coordinates.Length; atom++)
            {
                Fractional position = structure.Positions[atom];
                coordinates[atom] = axis switch { 0 => position.X, 1 => position.Y, _ => position.Z };
            }

            Array.Sort(coordinates);
            double gap = coordinates[0] + 1 - coordinates[^1];
            for (int atom = 1; atom < coordinates.Length; atom++)
                gap = Math.Max(gap, coordinates[atom] - coordinates[atom - 1]);
            widest = Math.Max(widest, gap * SpacingAngstrom(cell, axis));
        }

        return widest;
    }

    // Distance of opposite faces: volume over area.
    private static double SpacingAngstrom(UnitCell cell, int axis)
    {
        (Cartesian first, Cartesian second) = axis switch
        {
            0 => (cell.AxisB, cell.AxisC),
            1 => (cell.AxisC, cell.AxisA),
            _ => (cell.AxisA, cell.AxisB),
        };
        return cell.Volume / Cartesian.Cross(first, second).Length;
    }
}
