using System.Text.Json.Nodes;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Commands;

namespace CrystalHpc.Commands;

/// <summary>What <c>crystalhpc symmetry</c> says of one structure, or of a file without one.</summary>
/// <param name="File">The file as named.</param>
/// <param name="Block">Name of the data block.</param>
/// <param name="Structure">The structure; null when there is none.</param>
/// <param name="Symmetry">Its symmetry; null when it cannot be found.</param>
/// <param name="Refused">Why there is no symmetry; null otherwise.</param>
internal sealed record SymmetryAnswer(string File, string Block, CrystalStructure? Structure, CrystalSymmetry? Symmetry, string? Refused)
{
    /// <summary>The tolerance asked for.</summary>
    public SymmetryTolerance Asked { get; private init; }

    /// <summary>The next group that a larger tolerance finds.</summary>
    public GroupAtTolerance? Up { get; private init; }

    /// <summary>The next group that a smaller tolerance finds.</summary>
    public GroupAtTolerance? Down { get; private init; }

    /// <summary>Finds the symmetry of a structure.</summary>
    public static SymmetryAnswer Of(SymmetryFinder finder, string file, string block, CrystalStructure structure,
        SymmetryTolerance tolerance)
    {
        AtomicCell cell = AtomicCell.Of(structure);
        return finder.Find(cell, tolerance) is { } symmetry
            ? new SymmetryAnswer(file, block, structure, symmetry, null)
            {
                Asked = tolerance,
                Up = ToleranceScan.Up(finder, cell, symmetry, tolerance),
                Down = ToleranceScan.Down(finder, cell, symmetry, tolerance),
            }
            : new SymmetryAnswer(file, block, structure, null, "the cell holds no atom, or two atoms of a kind on one place");
    }

    /// <summary>Short symbol of a group by its number.</summary>
    public static string SymbolOf(int number) => SpaceGroup.FromNumber(number)[0].ShortSymbol;

    /// <summary>The number of the group that the file's own operations form; null when they are those of no tabulated setting.</summary>
    public int? DeclaredNumber
        => Structure is null ? null : SpaceGroup.Identify(Structure.Operations)?.Number ?? Structure.Metadata.SpaceGroupNumber;

    /// <summary>The answer for programs.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["file"] = File, ["block"] = Block };
        if (Symmetry is not { } found || Structure is not { } structure)
        {
            json["refused"] = Refused;
            return json;
        }

        json["formula"] = ChemicalFormula.OfCell(structure).ToString();
        json["number"] = found.Number;
        json["symbol"] = found.Group.ShortSymbol;
        json["symbol_full"] = found.Group.HermannMauguin;
        json["hall"] = found.Group.HallSymbol;
        json["hall_number"] = found.HallNumber;
        json["choice"] = found.Group.Choice;
        json["point_group"] = found.PointGroup;
        json["declared_number"] = DeclaredNumber;
        json["given_hall"] = found.GivenSetting?.HallSymbol;
        json["tolerance_A"] = Asked.Angstrom;
        json["tolerance_used_A"] = found.Tolerance.Angstrom;
        json["larger_tolerance"] = ToJson(Up);
        json["smaller_tolerance"] = ToJson(Down);
        json["atoms"] = structure.AtomCount;
        json["primitive_atoms"] = found.Primitive.Count;
        json["wyckoff"] = found.WyckoffLetters;
        json["sites"] = new JsonArray([.. Enumerable.Range(0, structure.Sites.Count).Select(site => SiteToJson(structure, found, site))]);
        json["standard_cell"] = Numbers(found.StandardBasis.LengthsAndAngles());
        (Fractional row1, Fractional row2, Fractional row3, Fractional shift) = found.ToStandard;
        json["transformation"] = new JsonArray(Vector(row1), Vector(row2), Vector(row3));
        json["origin_shift"] = Vector(shift);
        return json;
    }

    private static JsonObject SiteToJson(CrystalStructure structure, CrystalSymmetry found, int site)
    {
        WyckoffPosition position = found.WyckoffOf(structure.FirstAtom(site));
        return new JsonObject
        {
            ["label"] = structure.Sites[site].Label,
            ["element"] = structure.Sites[site].Element.Symbol,
            ["wyckoff"] = position.ToString(),
            ["site_symmetry"] = position.SiteSymmetry,
            ["equivalent_to"] = structure.SiteAt(found.EquivalentAtoms[structure.FirstAtom(site)]).Label,
        };
    }

    private static JsonObject? ToJson(GroupAtTolerance? group) => group is not { } other ? null : new JsonObject
    {
        ["number"] = other.Number,
        ["symbol"] = SymbolOf(other.Number),
        ["tolerance_A"] = Rounded(other.ToleranceAngstrom, 3),
    };

    private static JsonArray Vector(Fractional f) => Numbers([f.X, f.Y, f.Z]);

    private static JsonArray Numbers(ReadOnlySpan<double> values)
    {
        var array = new JsonArray();
        foreach (double value in values)
            array.Add(JsonValue.Create(Math.Round(value, 6) + 0.0));
        return array;
    }

    private static double Rounded(double value, int digits) =>
        double.Parse(value.ToString($"g{digits}", System.Globalization.CultureInfo.InvariantCulture),
            System.Globalization.CultureInfo.InvariantCulture);
}
