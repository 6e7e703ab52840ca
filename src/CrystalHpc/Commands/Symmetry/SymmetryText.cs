using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Commands;

/// <summary>Prints the symmetry of a structure for people.</summary>
internal static class SymmetryText
{
    /// <summary>Prints one answer.</summary>
    public static void Print(TextWriter output, SymmetryAnswer answer)
    {
        output.WriteLine(answer.Block.Length > 0 ? $"{answer.File}, data_{answer.Block}" : answer.File);
        if (answer.Symmetry is not { } found || answer.Structure is not { } structure)
        {
            output.WriteLine($"  none: {answer.Refused}");
            return;
        }

        output.WriteLine($"  space group     {found.Number}  {found.Group}  (Hall {found.Group.HallSymbol}, number {found.HallNumber}; "
            + $"point group {found.PointGroup})");
        if (answer.DeclaredNumber is { } declared && declared != found.Number)
            output.WriteLine($"  the file says   {declared}  {SymmetryAnswer.SymbolOf(declared)}");
        output.WriteLine(FormattableString.Invariant($"  tolerance       {answer.Asked.Angstrom:g3} Å")
            + Used(answer.Asked, found.Tolerance)
            + Neighbor(answer.Up, "from") + Neighbor(answer.Down, "down to"));
        output.WriteLine($"  standard cell   {Cell(found.StandardBasis.LengthsAndAngles())}");
        output.WriteLine($"  atoms           {structure.AtomCount} in the given cell, {found.Primitive.Count} in the primitive one");
        for (int site = 0; site < structure.Sites.Count; site++)
        {
            WyckoffPosition position = found.WyckoffOf(structure.FirstAtom(site));
            string same = structure.SiteAt(found.EquivalentAtoms[structure.FirstAtom(site)]).Label;
            string label = structure.Sites[site].Label;
            output.WriteLine($"  {label,-15} {position,-5} {position.SiteSymmetry}{(same == label ? "" : $"  equivalent to {same}")}");
        }
    }

    private static string Used(SymmetryTolerance asked, SymmetryTolerance used) =>
        used.Angstrom < asked.Angstrom ? FormattableString.Invariant(
            $", made smaller to {used.Angstrom:g3} Å where the operations form a group") : "";

    private static string Neighbor(GroupAtTolerance? group, string word) => group is { } other
        ? FormattableString.Invariant($"; {SymmetryAnswer.SymbolOf(other.Number)} ({other.Number}) {word} {other.ToleranceAngstrom:g2} Å")
        : "";

    private static string Cell(double[] cell) => FormattableString.Invariant(
        $"{cell[0]:0.0000} {cell[1]:0.0000} {cell[2]:0.0000} Å, {cell[3]:0.###} {cell[4]:0.###} {cell[5]:0.###}°");
}
