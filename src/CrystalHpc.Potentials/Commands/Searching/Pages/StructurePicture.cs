using System.Xml.Linq;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Report;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Commands.Searching.Pages;

/// <summary>Pictures of structures: cells as <c>inspect</c> draws them, particles as balls, the nearest in front.</summary>
internal static class StructurePicture
{
    private const int MostAtoms = 200;
    private const double Size = 240, BallOfRadius = 0.9;

    // Particles are seen a little from the side, radians.
    private const double Turn = 0.5, Rise = 0.3;

    /// <summary>Figures of some structures, side by side.</summary>
    public static XElement Figures(IEnumerable<(string Title, AtomFrame Frame)> structures) =>
        Layout.Columns([.. structures.Where(entry => entry.Frame.AtomCount <= MostAtoms).Select((entry, i) =>
            Layout.Figure(entry.Title, entry.Frame.Cell is null ? Particle(entry.Frame, entry.Title, i)
                : Crystal(entry.Frame, entry.Title)))]);

    private static XElement? Drawn(CrystalStructure structure, string title)
    {
        XElement picture = CellPicture.Draw(structure, [], CellView.Tilted(structure.Cell), title).Root!;

        // The page is HTML: its drawings need no namespace.
        foreach (XElement element in picture.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
            element.Attributes().Where(attribute => attribute.IsNamespaceDeclaration).Remove();
        }

        return picture;
    }

    private static XElement Crystal(AtomFrame frame, string title) => FrameCrystal.TryCreate(frame, 1, out _) is { } crystal
        && Drawn(crystal.Structure, title) is { } drawn
        ? drawn : Markup.Element("p", "its cell is too flat to be drawn");

    private static XElement Particle(AtomFrame frame, string title, int number)
    {
        Cartesian center = 1.0 / frame.AtomCount * Enumerable.Range(0, frame.AtomCount)
            .Select(frame.PositionOf).Aggregate((sum, place) => sum + place);
        Cartesian Seen(int atom)
        {
            Cartesian p = frame.PositionOf(atom) - center;
            double x = Math.Cos(Turn) * p.X - Math.Sin(Turn) * p.Y, y = Math.Sin(Turn) * p.X + Math.Cos(Turn) * p.Y;
            return new Cartesian(x, Math.Cos(Rise) * p.Z + Math.Sin(Rise) * y, Math.Cos(Rise) * y - Math.Sin(Rise) * p.Z);
        }

        (Element Element, Cartesian Place)[] atoms = [.. Enumerable.Range(0, frame.AtomCount)
            .Select(atom => (frame.Species[atom], Seen(atom))).OrderByDescending(atom => atom.Item2.Z)];
        double extent = atoms.Max(atom => Math.Max(Math.Abs(atom.Place.X),
            Math.Abs(atom.Place.Y)) + ElementData.CovalentRadiusAngstrom(atom.Element)), scale = Size / 2 / extent;
        return Svg.Drawing(
            FormattableString.Invariant($"particle-{number}"), title, $"{frame.AtomCount} atoms as balls.", Size, Size,
            atoms.Select(atom => Markup.Element(
                "circle", Markup.Attribute("cx", Size / 2 + scale * atom.Place.X), Markup.Attribute("cy", Size / 2 - scale * atom.Place.Y),
                Markup.Attribute("r", scale * BallOfRadius * ElementData.CovalentRadiusAngstrom(atom.Element)),
                Markup.Attribute("fill", ElementColors.Of(atom.Element)),
                Markup.Attribute("stroke", "#333"), Svg.Title(atom.Element.Symbol))));
    }
}
