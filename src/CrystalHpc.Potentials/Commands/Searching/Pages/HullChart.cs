using System.Xml.Linq;
using CrystalHpc.Core.Thermodynamics;
using CrystalHpc.Engine.Report;
using CrystalHpc.Potentials.Analysis;

namespace CrystalHpc.Potentials.Commands.Searching.Pages;

/// <summary>Formation energies of the structures of two elements over composition, and their hull.</summary>
internal static class HullChart
{
    private static readonly Frame Frame = new(64, 24, 620, 330);

    /// <summary>The drawing.</summary>
    public static XElement Of(IReadOnlyList<Phase> phases, ConvexHull hull)
    {
        (double Share, double Formation, Phase Phase)[] points =
            [.. phases.Select(phase => (hull.SharesOf(phase.Frame.Species)[1], 1_000 * phase.Formation!.Value, phase))];
        (double, double)[] line = [.. points.Where(point => point.Phase.IsOnHull).GroupBy(point => point.Share)
            .Select(group => (group.Key, group.Min(point => point.Formation))).OrderBy(p => p.Key)];
        var x = new LinearScale(0, 1, Frame.Left, Frame.Right);
        LinearScale y = LinearScale.Round(Math.Min(-1e-3, points.Min(point => point.Formation)),
            Math.Max(1e-3, points.Max(point => point.Formation)), Frame.Bottom, Frame.Top, 5);
        return Svg.Drawing(
            "chart-hull", "Hull", FormattableString.Invariant($"{points.Length} structures, {line.Length} compositions on the hull."),
            640, 374,
            Axis.Left(y, Frame, "formation energy, meV/atom"), Axis.Bottom(x, Frame, $"share of {hull.Elements[1]} in {hull.Elements[0]}"),
            points.Where(point => !point.Phase.IsOnHull)
                .Select(point => Marks.Circle(x.Map(point.Share), y.Map(point.Formation), 3, "point weak", TitleOf(point.Phase))),
            Marks.Curve(line, x, y, "line"),
            points.Where(point => point.Phase.IsOnHull)
                .Select(point => Marks.Circle(x.Map(point.Share), y.Map(point.Formation), 4.5, "point", TitleOf(point.Phase))));
    }

    private static string TitleOf(Phase phase) => FormattableString.Invariant(
        $"{phase.Formula} {phase.Type} {phase.SpaceGroup}: {1_000 * phase.Formation:0.0} meV/atom, ")
        + FormattableString.Invariant($"{1_000 * phase.AboveHull:0.0} above the hull");
}
