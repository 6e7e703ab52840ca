using System.Globalization;
using System.Xml.Linq;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Engine.Report;

/// <summary>
/// A picture of one cell as a self-contained SVG document: cell edges with the origin, atoms with those on faces repeated, polyhedra around
/// strongly bonded atoms, bonds in the colors of both ends, legend. Shapes are small and drawn from the farthest to the nearest.
/// </summary>
public static class CellPicture
{
    private const double LegendWidth = 120;

    // Edges and bonds are long, what they pass is not: parts of them have their own places in the order.
    private const int EdgeParts = 8;
    private const double FlatAngstrom = 0.1;

    // A bond or a ball on an edge covers it.
    private const double EdgeBehindAngstrom = 0.4;

    // Beyond the largest ball, pixels.
    private const double NameAway = 36;

    // Where a bond leaves its ball, in radii: a little inside, so that no gap shows.
    private const double BondStart = 0.9;
    private static readonly int[] Bits = [1, 2, 4];
    private static readonly string[] AxisColors = ["#c22", "#2a2", "#22c"];
    private static readonly XNamespace Space = "http://www.w3.org/2000/svg";

    /// <summary>Draws a structure.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="shells">Neighbors of some of its atoms; a bond is drawn in two halves, and of one that leaves the picture the half
    /// within.</param>
    /// <param name="view">Where the eye is.</param>
    /// <param name="title">Name for the head of the picture.</param>
    public static XDocument Draw(CrystalStructure structure, IReadOnlyList<CoordinationShell> shells, CellView view, string title)
    {
        title = PlainText.Of(title);
        var shown = new ShownAtoms(structure, shells);
        IEnumerable<Cartesian> corners = Enumerable.Range(0, 8).Select(corner => Corner(structure.Cell, corner));
        IEnumerable<Cartesian> stubs = shown.All.SelectMany(atom => shown.BondsOf(atom).Select(bond => atom.Position + 0.5 * bond.Vector));
        var frame = PictureFrame.Around([.. corners, .. shown.All.Select(atom => atom.Position), .. stubs], view);
        IEnumerable<Shape> shapes =
        [
            .. Edges(structure.Cell, frame), .. shown.Centers.SelectMany(center => Faces(shown, center, frame)),
            .. shown.All.SelectMany(atom => shown.BondsOf(atom).Select(bond => HalfBond(frame, atom, bond))),
            .. shown.All.Select(atom => Ball(frame, atom)),
        ];
        Species[] species = [.. structure.Sites.Select(SpeciesOf).Distinct().OrderByDescending(one => one.Charge).ThenBy(one => one)];
        double height = Math.Max(frame.Height, 2 * PictureFrame.Margin + PictureFrame.HeadHeight + 26 * species.Length);
        return new XDocument(Element(
            "svg",
            ("viewBox", $"0 0 {Number(frame.Width + LegendWidth)} {Number(height)}"), ("width", Number(frame.Width + LegendWidth)),
            ("height", Number(height)),
            ("font-family", "sans-serif"), ("font-size", "14"), ("role", "img"))
            .With(
                new XElement(Space + "title", title),
                Element("rect", ("width", "100%"), ("height", "100%"), ("fill", "white")),
                new XElement(Space + "text", new XAttribute("x", 14), new XAttribute("y", 24), new XAttribute("font-weight", "bold"),
                title),
                shapes.OrderBy(shape => shape.Depth).Select(shape => shape.Drawn),
                Names(structure.Cell, frame),
                Legend(species, frame.Width)));
    }

    private static IEnumerable<Shape> Faces(ShownAtoms shown, ShownAtom center, PictureFrame frame)
    {
        Cartesian[] corners = [.. shown.BondsOf(center).Select(bond => center.Position + bond.Vector)];
        foreach (Cartesian[] face in PolyhedronFaces.Of(corners, FlatAngstrom))
        {
            (double X, double Y, double Depth)[] points = [.. face.Select(frame.Place)];
            XElement drawn = Element(
                "polygon", ("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))),
                ("fill", ElementColors.Of(center.Site.Element)), ("fill-opacity", "0.3"), ("stroke", "#555"), ("stroke-width", "0.7"),
                ("stroke-linejoin", "round"),
                ("class", "face"));
            yield return new Shape(points.Average(point => point.Depth), drawn);
        }
    }

    private static Shape HalfBond(PictureFrame frame, ShownAtom atom, ShownBond bond)
    {
        double start = Math.Min(0.5, BondStart * Radius(atom.Site.Element) / bond.Vector.Length);
        (double x1, double y1, double near) = frame.Place(atom.Position + start * bond.Vector);
        (double x2, double y2, double far) = frame.Place(atom.Position + 0.5 * bond.Vector);
        (string, string)[] ends = [("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2))];
        return new Shape((near + far) / 2, new XElement(
            Space + "g",
            Element("line", [.. ends, ("stroke", "#444"), ("stroke-width", "6")]),
            Element("line", [.. ends, ("stroke", ElementColors.Of(atom.Site.Element)), ("stroke-width", "4.4"), ("class", "bond")])));
    }

    private static Shape Ball(PictureFrame frame, ShownAtom atom)
    {
        (double x, double y, double depth) = frame.Place(atom.Position);
        XElement ball = Element(
            "circle", ("cx", Number(x)), ("cy", Number(y)), ("r", Number(PictureFrame.PixelsPerAngstrom * Radius(atom.Site.Element))),
            ("fill", ElementColors.Of(atom.Site.Element)), ("fill-opacity", Number(Math.Clamp(atom.Site.Occupancy, 0.25, 1))),
            ("stroke", "#333"),
            ("stroke-width", "1"), ("class", atom.IsOutside ? "atom outside" : "atom"));
        ball.Add(new XElement(Space + "title", PlainText.Of($"{atom.Site.Label} {NameOf(SpeciesOf(atom.Site))}")));
        return new Shape(depth, ball);
    }

    // The edges that meet in the corner farthest from the eye are dashed; those that leave the origin have the colors of their axes.
    private static IEnumerable<Shape> Edges(UnitCell cell, PictureFrame frame)
    {
        int farthest = Enumerable.Range(0, 8).MinBy(corner => frame.Place(Corner(cell, corner)).Depth);
        foreach ((int from, int axis) in Enumerable.Range(0, 8).SelectMany(corner => Bits.Where(axis => (corner & axis) == 0)
            .Select(axis => (corner, axis))))
        {
            Cartesian start = Corner(cell, from), end = Corner(cell, from | axis);
            string color = from == 0 ? AxisColors[Array.IndexOf(Bits, axis)] : "#222";
            bool isBack = from == farthest || (from | axis) == farthest;
            for (int part = 0; part < EdgeParts; part++)
            {
                (double x1, double y1, double near) = frame.Place(Between(part));
                (double x2, double y2, double far) = frame.Place(Between(part + 1));
                XElement line = Element(
                    "line", ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), ("stroke", color),
                    ("stroke-width", from == 0 ? "2" : "1.2"), ("class", "edge"));
                if (isBack)
                    line.Add(new XAttribute("stroke-dasharray", "4 4"));
                yield return new Shape((near + far) / 2 - EdgeBehindAngstrom, line);
            }

            Cartesian Between(int part) => start + ((double)part / EdgeParts) * (end - start);
        }
    }

    // Names stand outside of the cell: those of the axes beyond their ends, that of the origin away from the middle.
    private static IEnumerable<XElement> Names(UnitCell cell, PictureFrame frame)
    {
        (double ox, double oy, _) = frame.Place(default);
        (double mx, double my, _) = frame.Place(0.5 * (cell.AxisA + cell.AxisB + cell.AxisC));
        yield return Name("o", mx, my, ox, oy, "#222");
        foreach (((string name, Cartesian axis), string color) in new[] { ("a", cell.AxisA), ("b", cell.AxisB), ("c", cell.AxisC) }.Zip(
            AxisColors))
        {
            (double x, double y, _) = frame.Place(axis);
            if (Math.Sqrt((x - ox) * (x - ox) + (y - oy) * (y - oy)) >= 0.1 * PictureFrame.PixelsPerAngstrom)
                yield return Name(name, ox, oy, x, y, color);
        }
    }

    // Beyond the end of the way from one point to another; white around it keeps it apart from atoms.
    private static XElement Name(string name, double fromX, double fromY, double x, double y, string color)
    {
        double length = Math.Max(1e-9, Math.Sqrt((x - fromX) * (x - fromX) + (y - fromY) * (y - fromY)));
        return Element(
            "text", ("x", Number(x + NameAway * (x - fromX) / length - 4)), ("y", Number(y + NameAway * (y - fromY) / length + 5)),
            ("font-style", "italic"),
            ("font-weight", "bold"), ("fill", color), ("stroke", "white"), ("stroke-width", "4"), ("paint-order", "stroke"),
            ("class", "name")).With(name);
    }

    private static IEnumerable<XElement> Legend(Species[] species, double left)
    {
        for (int i = 0; i < species.Length; i++)
        {
            double y = PictureFrame.Margin + PictureFrame.HeadHeight + 26 * i;
            yield return Element(
                "circle", ("cx", Number(left + 12)), ("cy", Number(y)), ("r", "9"), ("fill", ElementColors.Of(species[i].Element)),
                ("stroke", "#333"), ("class", "legend"));
            yield return new XElement(Space + "text", new XAttribute("x", Number(left + 30)), new XAttribute("y", Number(y + 5)),
                NameOf(species[i]));
        }
    }

    private static Cartesian Corner(UnitCell cell, int corner)
        => cell.Translation(new CellImage(corner & 1, (corner >> 1) & 1, corner >> 2));

    private static Species SpeciesOf(AtomSite site)
        => new(site.Element, site.Charge is { } charge && double.IsInteger(charge) ? (sbyte)charge : (sbyte)0);

    // A neutral atom has no charge to show.
    private static string NameOf(Species species) => species.Charge == 0 ? species.Element.Symbol : species.ToString();

    // Of a ball, Å.
    private static double Radius(Element element)
    {
        double radius = ElementData.CovalentRadiusAngstrom(element);
        return 0.35 * (double.IsNaN(radius) ? 1.5 : radius);
    }

    private static XElement Element(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var element = new XElement(Space + name);
        foreach ((string attribute, string value) in attributes)
            element.Add(new XAttribute(attribute, value));
        return element;
    }

    private static XElement With(this XElement element, params object[] content)
    {
        element.Add(content);
        return element;
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Something drawn, and how near it is to the eye.</summary>
    private readonly record struct Shape(double Depth, XElement Drawn);
}
