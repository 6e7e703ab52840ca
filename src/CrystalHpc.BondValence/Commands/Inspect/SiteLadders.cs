using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.BondValence.Commands;

/// <summary><c>inspect --site</c>: the surroundings of chosen sites, whatever the verdict on the structure.</summary>
internal static class SiteLadders
{
    private static CoordinationShell ShellOf(CrystalStructure structure, ICoordinationDefinition definition, int site)
        => structure.Sites[site].Charge < 0
        ? AnionShell.Find(structure, definition, structure.FirstAtom(site))
        : definition.Find(structure, structure.FirstAtom(site));

    /// <summary>Prints the ladder of every site whose label is asked for, in every structure of the file.</summary>
    /// <exception cref="UserException">No structure has a site with one of the labels.</exception>
    public static void Print(
        TerminalWriter output, IReadOnlyList<StructureOutcome> outcomes, NeighborOptions options, IReadOnlyList<string> labels,
        SiteValences valences)
    {
        string name = SnakeCase.Of(options.Definition);
        ICoordinationDefinition definition = options.Create();
        CrystalStructure[] structures = [.. outcomes.Select(outcome => outcome.Structure).OfType<CrystalStructure>()];
        string[] known = [.. structures.SelectMany(structure => structure.Sites.Select(site => site.Label)).Distinct()];
        foreach (string label in labels.Where(label => label != "all" && !known.Contains(label)))
            throw UserException.Unusable($"there is no site '{label}'{Spelling.Suggest(label, known)}; sites: {string.Join(", ", known)}");
        foreach (CrystalStructure structure in structures)
        {
            for (int site = 0; site < structure.Sites.Count; site++)
            {
                if (labels.Contains("all") || labels.Contains(structure.Sites[site].Label))
                    CoordinationLadder.Print(output, structure, site, ShellOf(structure, definition, site), name, valences);
            }
        }
    }
}
