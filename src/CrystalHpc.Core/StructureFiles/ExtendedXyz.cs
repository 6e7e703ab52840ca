using System.Globalization;
using System.Text;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// Extended XYZ: all atoms of one cell with Cartesian positions, for programs of atomistic simulation. A frame is two lines of head (number of
/// atoms; lattice, columns and facts as <c>key=value</c>) and a line for each atom.
/// </summary>
public static class ExtendedXyz
{
    /// <summary>Appends a structure as one frame.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="structure">The structure.</param>
    /// <param name="name">Becomes <c>structure_id</c>.</param>
    /// <remarks>
    /// Lattice vectors a, b, c and positions in Å, in the frame of <see cref="UnitCell"/>. Columns: <c>species</c>, <c>pos</c>, <c>site</c> (index of
    /// the symmetry-distinct site), <c>occupancy</c>, and <c>oxidation</c> when every site has a state. Atoms that share a place (mixed or
    /// split sites) are all listed; their occupancies tell.
    /// </remarks>
    public static void Append(StringBuilder text, CrystalStructure structure, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(structure);
        bool hasStates = structure.Sites.All(site => site.Charge is not null);
        UnitCell cell = structure.Cell;
        Line(text, $"{structure.AtomCount}");
        Line(
            text,
            $"Lattice=\"{Vector(cell.AxisA)} {Vector(cell.AxisB)} {Vector(cell.AxisC)}\" Properties=species:S:1:pos:R:3:site:I:1:occupancy:R:1{(hasStates ? ":oxidation:R:1" : "")} pbc=\"T T T\" structure_id={Quote(name)} space_group={Quote(structure.Metadata.SpaceGroup ?? "")}");
        for (int atom = 0; atom < structure.AtomCount; atom++)
        {
            AtomSite site = structure.SiteAt(atom);
            text.Append(CultureInfo.InvariantCulture, $"{site.Element.Symbol} {Vector(cell.ToCartesian(structure.Positions[atom]))} {structure.SiteOfAtom[atom]} {site.Occupancy:R}");
            if (hasStates)
                text.Append(CultureInfo.InvariantCulture, $" {site.Charge:R}");
            text.Append('\n');
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Vector(Cartesian v) => string.Create(CultureInfo.InvariantCulture, $"{v.X:R} {v.Y:R} {v.Z:R}");

    private static string Quote(string value) =>
        $"\"{PlainText.Of(value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
