using System.Globalization;
using System.Xml.Linq;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Engine.Report;

/// <summary>A picture of one cell as a self-contained SVG document: cell edges, atoms with those on the far faces repeated, bonds, legend.</summary>
public static class CellPicture
{
    private const double PixelsPerAngstrom = 42;
    private const double Margin = 46;
    private const double HeadHeight = 30;
    private const double LegendWidth = 120;
    private const double OnFace = 1e-3;
    private static readonly int[] Bits = [1, 2, 4];
    private static readonly XNamespace Space = "http://www.w3.org/2000/svg";

    /// <summary>Draws a structure.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="shells">Neighbors of some of its atoms; bonds that leave the cell are drawn half.</param>
    /// <param name="view">Where the eye is.</param>
    /// <param name="title">Name for the head of the picture.</param>
    public static XDocument Draw(CrystalStructure structure, IReadOnlyList<CoordinationShell> shells, CellView view, string title)
    {
        title = PlainText.Of(title);
        PlacedAtom[] atoms = [.. AtomsOf(structure)];
        List<(double Depth, XElement Shape)> shapes = [];
        var frame = Frame.Around(structure.Cell, atoms, view);
        foreach (PlacedAtom atom in atoms)
            shapes.Add((frame.Place(atom.Position).Depth, Ball(frame, atom)));
        shapes.AddRange(Bonds(structure, shells, atoms, frame));
        (XElement[] back, XElement[] front) = Edges(structure.Cell, frame);
        Species[] species = [.. structure.Sites.Select(SpeciesOf).Distinct().OrderByDescending(one => one.Charge).ThenBy(one => one)];
        double height = Math.Max(frame.Height, 2 * Margin + HeadHeight + 26 * species.Length);
        return new XDocument(Element(
            "svg",
            ("viewBox", $"0 0 {Number(frame.Width + LegendWidth)} {Number(height)}"), ("width", Number(frame.Width + LegendWidth)), ("height", Number(height)),
            ("font-family", "sans-serif"), ("font-size", "14"), ("role", "img"))
            .With(
                new XElement(Space + "title", title),
                Element("rect", ("width", "100%"), ("height", "100%"), ("fill", "white")),
                new XElement(Space + "text", new XAttribute("x", 14), new XAttribute("y", 24), new XAttribute("font-weight", "bold"), title),
                back,
                shapes.OrderBy(shape => shape.Depth).Select(shape => shape.Shape),
                front,
                AxisNames(structure.Cell, frame),
                Legend(species, frame.Width)));
    }

    private static IEnumerable<PlacedAtom> AtomsOf(CrystalStructure structure)
    {
        for (int atom = 0; atom < structure.AtomCount; atom++)
        {
            Fractional f = structure.Positions[atom];
            foreach (int a in Repeats(f.X))
            {
                foreach (int b in Repeats(f.Y))
                {
                    foreach (int c in Repeats(f.Z))
                        yield return new PlacedAtom(structure.SiteAt(atom), atom, new CellImage(a, b, c), structure.Cell.ToCartesian(f + new Fractional(a, b, c)));
                }
            }
        }
    }

    private static int[] Repeats(double coordinate) => coordinate < OnFace ? [0, 1] : coordinate > 1 - OnFace ? [0, -1] : [0];

    private static IEnumerable<(double Depth, XElement Shape)> Bonds(
        CrystalStructure structure, IReadOnlyList<CoordinationShell> shells, PlacedAtom[] atoms, Frame frame)
    {
        HashSet<(int, CellImage)> shown = [.. atoms.Select(atom => (atom.Atom, atom.Image))];
        Dictionary<int, CoordinationShell> shellOf = shells.ToDictionary(shell => shell.Center);
        HashSet<(int, int, CellImage, CellImage)> drawn = [];
        foreach (PlacedAtom atom in atoms.Where(atom => shellOf.ContainsKey(atom.Atom)))
        {
            foreach (CoordinationBond bond in shellOf[atom.Atom].Bonds)
            {
                var image = new CellImage(atom.Image.A + bond.Image.A, atom.Image.B + bond.Image.B, atom.Image.C + bond.Image.C);
                bool isWhole = shown.Contains((bond.Atom, image));
                if (isWhole && drawn.Contains((bond.Atom, atom.Atom, image, atom.Image)))
                    continue;
                drawn.Add((atom.Atom, bond.Atom, atom.Image, image));
                Cartesian middle = atom.Position + 0.5 * bond.Vector, end = atom.Position + bond.Vector;
                yield return HalfBond(frame.Place(atom.Position), frame.Place(middle), atom.Site.Element);
                if (isWhole)
                    yield return HalfBond(frame.Place(middle), frame.Place(end), structure.SiteAt(bond.Atom).Element);
            }
        }
    }

    // Just behind the farther of its ends, so that no bond covers the atom it starts from.
    private static (double Depth, XElement Shape) HalfBond((double X, double Y, double Depth) from, (double X, double Y, double Depth) to, Element element) => (
        Math.Min(from.Depth, to.Depth) - 1e-6,
        Element(
            "line", ("x1", Number(from.X)), ("y1", Number(from.Y)), ("x2", Number(to.X)), ("y2", Number(to.Y)),
            ("stroke", ElementColors.Of(element)), ("stroke-width", "5"), ("stroke-linecap", "round"), ("class", "bond")));

    private static XElement Ball(Frame frame, PlacedAtom atom)
    {
        (double x, double y, _) = frame.Place(atom.Position);
        XElement ball = Element(
            "circle", ("cx", Number(x)), ("cy", Number(y)), ("r", Number(Radius(atom.Site.Element))), ("fill", ElementColors.Of(atom.Site.Element)),
            ("fill-opacity", Number(Math.Clamp(atom.Site.Occupancy, 0.25, 1))), ("stroke", "#333"), ("stroke-width", "1"), ("class", "atom"));
        ball.Add(new XElement(Space + "title", PlainText.Of($"{atom.Site.Label} {SpeciesOf(atom.Site)}")));
        return ball;
    }

    // The edges that meet in the corner farthest from the eye are behind everything.
    private static (XElement[] Back, XElement[] Front) Edges(UnitCell cell, Frame frame)
    {
        int[] corners = [.. Enumerable.Range(0, 8)];
        int farthest = corners.MinBy(corner => frame.Place(Corner(cell, corner)).Depth);
        var edges = corners.SelectMany(corner => Bits.Where(axis => (corner & axis) == 0).Select(axis => (From: corner, To: corner | axis)))
            .ToLookup(edge => edge.From == farthest || edge.To == farthest, edge => edge);
        return ([.. edges[true].Select(edge => Edge(edge, isBack: true))], [.. edges[false].Select(edge => Edge(edge, isBack: false))]);

        XElement Edge((int From, int To) edge, bool isBack)
        {
            (double x1, double y1, _) = frame.Place(Corner(cell, edge.From));
            (double x2, double y2, _) = frame.Place(Corner(cell, edge.To));
            XElement line = Element(
                "line", ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), ("stroke", "#222"), ("stroke-width", "1.2"), ("class", "edge"));
            if (isBack)
                line.Add(new XAttribute("stroke-dasharray", "4 4"));
            return line;
        }
    }

    private static IEnumerable<XElement> AxisNames(UnitCell cell, Frame frame)
    {
        (double ox, double oy, _) = frame.Place(default);
        foreach ((string name, Cartesian axis) in new[] { ("a", cell.AxisA), ("b", cell.AxisB), ("c", cell.AxisC) })
        {
            (double x, double y, _) = frame.Place(axis);
            double length = Math.Max(1e-9, Math.Sqrt((x - ox) * (x - ox) + (y - oy) * (y - oy)));
            if (length < 0.1 * PixelsPerAngstrom)
                continue;
            yield return new XElement(
                Space + "text", new XAttribute("x", Number(x + 26 * (x - ox) / length - 4)), new XAttribute("y", Number(y + 26 * (y - oy) / length + 5)),
                new XAttribute("font-style", "italic"), name);
        }
    }

    private static IEnumerable<XElement> Legend(Species[] species, double left)
    {
        for (int i = 0; i < species.Length; i++)
        {
            double y = Margin + HeadHeight + 26 * i;
            yield return Element(
                "circle", ("cx", Number(left + 12)), ("cy", Number(y)), ("r", "9"), ("fill", ElementColors.Of(species[i].Element)), ("stroke", "#333"), ("class", "legend"));
            yield return new XElement(Space + "text", new XAttribute("x", Number(left + 30)), new XAttribute("y", Number(y + 5)), species[i].ToString());
        }
    }

    private static Cartesian Corner(UnitCell cell, int corner) => cell.Translation(new CellImage(corner & 1, (corner >> 1) & 1, corner >> 2));

    private static Species SpeciesOf(AtomSite site) => new(site.Element, site.Charge is { } charge && double.IsInteger(charge) ? (sbyte)charge : (sbyte)0);

    private static double Radius(Element element)
    {
        double radius = ElementData.CovalentRadiusAngstrom(element);
        return PixelsPerAngstrom * 0.35 * (double.IsNaN(radius) ? 1.5 : radius);
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

    /// <summary>An atom in the picture: in the cell or on one of its faces.</summary>
    private readonly record struct PlacedAtom(AtomSite Site, int Atom, CellImage Image, Cartesian Position);

    /// <summary>From Å to the pixels of the picture, y downward.</summary>
    private sealed record Frame(CellView View, double Left, double Top, double Width, double Height)
    {
        public static Frame Around(UnitCell cell, PlacedAtom[] atoms, CellView view)
        {
            (double X, double Y, double)[] points =
                [.. Enumerable.Range(0, 8).Select(corner => view.Project(Corner(cell, corner))), .. atoms.Select(atom => view.Project(atom.Position))];
            (double left, double right) = (points.Min(point => point.X), points.Max(point => point.X));
            (double bottom, double top) = (points.Min(point => point.Y), points.Max(point => point.Y));
            return new Frame(view, left, top, (right - left) * PixelsPerAngstrom + 2 * Margin, (top - bottom) * PixelsPerAngstrom + 2 * Margin + HeadHeight);
        }

        public (double X, double Y, double Depth) Place(Cartesian position)
        {
            (double x, double y, double depth) = View.Project(position);
            return ((x - Left) * PixelsPerAngstrom + Margin, (Top - y) * PixelsPerAngstrom + Margin + HeadHeight, depth);
        }
    }
}
