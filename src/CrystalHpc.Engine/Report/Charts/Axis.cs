using System.Xml.Linq;

namespace CrystalHpc.Engine.Report;

/// <summary>Axes: thin lines across the data at round values, labels, and a name with its unit.</summary>
public static class Axis
{
    /// <summary>The horizontal axis below a frame.</summary>
    public static XElement Bottom(Scale scale, Frame frame, string name, int about = 6, bool grid = false) => Svg.Group(
        "axis",
        scale.Ticks(about).SelectMany(tick => new[]
        {
            grid
                ? Svg.Line(scale.Map(tick.Value), frame.Top, scale.Map(tick.Value), frame.Bottom, "grid")
                : Svg.Line(scale.Map(tick.Value), frame.Bottom, scale.Map(tick.Value), frame.Bottom + 4, "tick"),
            Svg.Text(scale.Map(tick.Value), frame.Bottom + 17, tick.Label, "middle"),
        }),
        Svg.Line(frame.Left, frame.Bottom, frame.Right, frame.Bottom, "base"),
        name.Length > 0 ? Svg.Text((frame.Left + frame.Right) / 2, frame.Bottom + 35, name, "name middle") : null);

    /// <summary>The vertical axis left of a frame; its name stands above it, where it needs no turned head.</summary>
    public static XElement Left(Scale scale, Frame frame, string name, int about = 4) => Svg.Group(
        "axis",
        scale.Ticks(about).SelectMany(tick => new[]
        {
            Svg.Line(frame.Left, scale.Map(tick.Value), frame.Right, scale.Map(tick.Value), "grid"),
            Svg.Text(frame.Left - 7, scale.Map(tick.Value) + 4, tick.Label, "end"),
        }),
        name.Length > 0 ? Svg.Text(0, frame.Top - 10, name, "name") : null);
}
