using System.Xml.Linq;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.Generation.Prediction.Judgment;

/// <summary>Slices through voxels, side by side: the darker, the denser.</summary>
internal static class VoxelPicture
{
    private const double Pixel = 6, Gap = 14, Head = 22;

    /// <summary>Draws one slice of each map.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="maps">Names and maps, [z][y][x].</param>
    /// <param name="size">Voxels along an edge.</param>
    /// <param name="slice">Number of the slice along z.</param>
    public static XElement Draw(string id, string title, IReadOnlyList<(string Name, float[] Map)> maps, int size, int slice)
    {
        double width = maps.Count * (size * Pixel + Gap);
        float most = maps.SelectMany(map => map.Map.Skip(slice * size * size).Take(size * size)).Where(float.IsFinite).DefaultIfEmpty(1)
            .Max();
        return Svg.Drawing(id, title, title, width, Head + size * Pixel, maps.Select((map, column) => (object)Svg.Group(
            "slice", [Svg.Text(column * (size * Pixel + Gap), Head - 8, map.Name),
            .. Pixels(map.Map, size, slice, column * (size * Pixel + Gap), most)])).ToArray());
    }

    private static IEnumerable<object> Pixels(float[] map, int size, int slice, double left, float most)
    {
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                float value = map[(slice * size + y) * size + x];
                double dark = most > 0 && value > 0 ? Math.Sqrt(Math.Min(1, value / most)) : 0;
                int gray = 255 - (int)(235 * dark);
                yield return Markup.Element(
                    "rect", Markup.Attribute("x", left + x * Pixel), Markup.Attribute("y", Head + (size - 1 - y) * Pixel),
                    Markup.Attribute("width", Pixel),
                    Markup.Attribute("height", Pixel), Markup.Attribute("fill", FormattableString.Invariant($"rgb({gray},{gray},{gray})")));
            }
        }
    }
}
