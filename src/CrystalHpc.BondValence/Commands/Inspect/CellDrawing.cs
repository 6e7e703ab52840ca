using System.Xml.Linq;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Commands;

/// <summary><c>inspect --svg</c>: the picture of the first structure of a file.</summary>
internal static class CellDrawing
{
    // Larger cells make pictures in which nothing can be seen, and files that viewers choke on.
    private const int MostAtoms = 2000;
    private const string Signature = "drawn by crystalhpc";

    /// <summary>Draws the cell and writes the file.</summary>
    /// <exception cref="UserException">There is no structure, or it is too large to be drawn.</exception>
    public static void Write(IReadOnlyList<StructureOutcome> outcomes, NeighborOptions options, CellDirection? direction, string path)
    {
        StructureOutcome? outcome = outcomes.FirstOrDefault(candidate => candidate.Structure is not null);
        if (outcome?.Structure is not { } structure)
            throw UserException.Unusable("there is no structure to draw");
        if (structure.AtomCount > MostAtoms)
            throw UserException.Unusable($"a cell of {structure.AtomCount} atoms is not drawn; the limit is {MostAtoms}");
        ICoordinationDefinition definition = options.Create();
        CoordinationShell[] shells = [.. Enumerable.Range(0, structure.AtomCount).Where(atom => IsCenter(structure, atom))
            .Select(atom => definition.Find(structure, atom))];
        CellView view = direction is { } d ? CellView.Along(structure.Cell, d.U, d.V, d.W) : CellView.Tilted(structure.Cell);
        string title = $"{outcome.StructureId}  {ChemicalFormula.OfCell(structure).Reduced()}  {structure.Metadata.SpaceGroup}".TrimEnd();
        XDocument picture = CellPicture.Draw(structure, shells, view, title);
        picture.AddFirst(new XComment($" {Signature} "));
        NamedOutput.Write(path, Signature, picture.Save);
    }

    // Cations, or every atom where no states are known.
    private static bool IsCenter(CrystalStructure structure, int atom) =>
        structure.SiteAt(atom).Charge > 0 || structure.Sites.All(site => site.Charge is null);
}
