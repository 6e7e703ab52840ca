using System.Globalization;
using CrystalHpc.Core;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Generation.Data;

/// <summary>Radii of elements in voxels (<c>Data/VoxelRadii.csv</c>): means over the ions of an element.</summary>
public static class VoxelRadii
{
    /// <summary>The radius of elements without one, A.</summary>
    public const double DefaultAngstrom = 1.20;

    private static readonly double[] Radii = Load();

    /// <summary>The radius of an element, A.</summary>
    public static double Of(Element element) => Radii[element.AtomicNumber];

    private static double[] Load()
    {
        var radii = new double[Element.Count + 1];
        Array.Fill(radii, DefaultAngstrom);
        foreach (string[] row in EmbeddedTable.Read(typeof(VoxelRadii).Assembly, "Data.VoxelRadii.csv"))
            radii[Element.Of(row[0]).AtomicNumber] = double.Parse(row[1], CultureInfo.InvariantCulture);
        return radii;
    }
}
