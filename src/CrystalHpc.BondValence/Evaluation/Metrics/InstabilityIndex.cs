namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// The global instability index of a structure: the root mean square of valence sum minus oxidation state over the atoms of its cell
/// (Salinas-Sanchez et al. 1992, J. Solid State Chem. 100, 201). Below 0.1 v.u. a structure is called unstrained, beyond 0.2 doubtful.
/// </summary>
public static class InstabilityIndex
{
    /// <summary>
    /// Indices of the structures all of whose sites, cations and anions, are in a subset and can be used, ascending. A structure with an anion whose
    /// sum may lack bonds has none.
    /// </summary>
    /// <param name="sites">The sites.</param>
    /// <param name="subset">Cations that count, and the anions.</param>
    /// <param name="table">Index of the table.</param>
    /// <param name="isUsed">Whether a site can be used.</param>
    public static double[] OfStructures(EvaluatedSites sites, SiteSubset subset, int table, Func<int, bool> isUsed)
    {
        ArgumentNullException.ThrowIfNull(sites);
        ArgumentNullException.ThrowIfNull(subset);
        ArgumentNullException.ThrowIfNull(isUsed);
        HashSet<int> wanted = [.. subset.Sites, .. subset.Anions ?? []], incomplete = [];
        var structures = new Dictionary<int, (double Squares, int Atoms)>();
        for (int i = 0; i < sites.Sites.Count; i++)
        {
            EvaluatedSite site = sites.Sites[i];
            if (!wanted.Contains(i) || !isUsed(i))
            {
                incomplete.Add(site.Structure);
                continue;
            }

            double deviation = sites.Deviation(i, table);
            (double squares, int atoms) = structures.GetValueOrDefault(site.Structure);
            structures[site.Structure] = (squares + site.Multiplicity * deviation * deviation, atoms + site.Multiplicity);
        }

        return [.. structures
            .Where(structure => !incomplete.Contains(structure.Key))
            .Select(structure => Math.Sqrt(structure.Value.Squares / structure.Value.Atoms)).Order()];
    }
}
