using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Engine.Report;

/// <summary>From Å to the pixels of a picture, y downward.</summary>
internal sealed record PictureFrame(CellView View, double Left, double Top, double Width, double Height)
{
    /// <summary>Scale of the picture.</summary>
    public const double PixelsPerAngstrom = 42;

    /// <summary>Room around what is drawn.</summary>
    public const double Margin = 46;

    /// <summary>Room for the title.</summary>
    public const double HeadHeight = 30;

    /// <summary>The frame that holds these points.</summary>
    public static PictureFrame Around(IEnumerable<Cartesian> places, CellView view)
    {
        (double X, double Y, double)[] points = [.. places.Select(view.Project)];
        (double left, double right) = (points.Min(point => point.X), points.Max(point => point.X));
        (double bottom, double top) = (points.Min(point => point.Y), points.Max(point => point.Y));
        return new PictureFrame(view, left, top, (right - left) * PixelsPerAngstrom + 2 * Margin,
            (top - bottom) * PixelsPerAngstrom + 2 * Margin + HeadHeight);
    }

    /// <summary>Place in pixels, and nearness to the eye.</summary>
    public (double X, double Y, double Depth) Place(Cartesian position)
    {
        (double x, double y, double depth) = View.Project(position);
        return ((x - Left) * PixelsPerAngstrom + Margin, (Top - y) * PixelsPerAngstrom + Margin + HeadHeight, depth);
    }
}
