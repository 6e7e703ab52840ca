using System.Xml.Linq;
using CrystalHpc.Core.Thermodynamics;
using CrystalHpc.Engine.Report;
using CrystalHpc.Potentials.Analysis;

namespace CrystalHpc.Potentials.Commands.Searching.Pages;

/// <summary>The lowest formation energy at each composition of three elements: valleys and islands of stability.</summary>
internal static class TernaryMap
{
    /// <summary>How to read it.</summary>
    public const string Note =
        "Each point is the best structure of its composition; the darker, the lower its formation energy. Ringed: on the hull.";

    private const double Left = 60, Width = 520, Top = 30;
    private static readonly double Height = Width * Math.Sqrt(3) / 2;

    /// <summary>The drawing.</summary>
    public static XElement Of(IReadOnlyList<Phase> given, IReadOnlyList<Phase> phases, ConvexHull hull)
    {
        (double[] Shares, double Formation, string Formula)[] points = [.. given.GroupBy(phase => phase.Formula).Select(group =>
        {
            Phase best = group.MinBy(phase => phase.EnthalpyAnAtom)!;
            double[] shares = hull.SharesOf(best.Frame.Species);
            return (shares, 1_000 * (best.EnthalpyAnAtom - hull.ReferenceOf(shares)), group.Key);
        })];
        HashSet<string> stable = [.. phases.Where(phase => phase.IsOnHull).Select(phase => phase.Formula)];

        // Structures that barely hold together would leave no contrast for the others.
        double low = Math.Min(-1e-3, points.Min(point => point.Formation)),
            high = Math.Max(0, points.Select(point => point.Formation).Order().ElementAt(points.Length * 9 / 10));
        double radius = Math.Clamp(0.5 * Width / Math.Sqrt(2 * points.Length), 3, 12);
        return Svg.Drawing(
            "chart-map", "Map of compositions",
            FormattableString.Invariant($"{points.Length} compositions; formation energies from {low:0.0} meV/atom."), Width + 2 * Left,
            Height + 2 * Top + 20,
            Svg.Path(FormattableString.Invariant($"M{Left} {Top + Height}L{Left + Width} {Top + Height}L{Left + Width / 2} {Top:0.##}Z"),
                "line"),
            points.Select(point =>
            {
                (double x, double y) = Place(point.Shares);
                double depth = Math.Clamp((high - point.Formation) / (high - low), 0, 1);
                return Markup.Element(
                    "circle", Markup.Attribute("cx", x), Markup.Attribute("cy", y), Markup.Attribute("r", radius),
                    Markup.Attribute("fill", FormattableString.Invariant($"hsl(215 70% {92 - 62 * depth:0}%)")),
                    Markup.Attribute("stroke", stable.Contains(point.Formula) ? "#c22" : "#889"),
                    Markup.Attribute("stroke-width", stable.Contains(point.Formula) ? "2.5" : "0.6"),
                    Svg.Title(FormattableString.Invariant($"{point.Formula}: {point.Formation:0.0} meV/atom")));
            }),
            Svg.Text(Left - 8, Top + Height + 22, hull.Elements[0].Symbol, "middle"),
            Svg.Text(Left + Width + 8, Top + Height + 22, hull.Elements[1].Symbol, "middle"),
            Svg.Text(Left + Width / 2, Top - 10, hull.Elements[2].Symbol, "middle"));
    }

    private static (double X, double Y) Place(double[] shares) =>
        (Left + Width * (shares[1] + shares[2] / 2), Top + Height * (1 - shares[2]));
}
