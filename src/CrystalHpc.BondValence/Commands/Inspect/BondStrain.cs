using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Numerics;
using CrystalHpc.BondValence.Equations;

namespace CrystalHpc.BondValence.Commands;

/// <summary>
/// The bond strain index: the root mean square of bond valence minus ideal valence over the bonds of the cell (Preiser, Loesel, Brown, Kunz
/// and Skowron 1999,
/// Acta Cryst. B55, 698). Ideal valences meet every oxidation state and are as equal as the bond network lets them be.
/// </summary>
internal static class BondStrain
{
    // Settles the constant that the two ends of a network can exchange; far below what is shown.
    private const double Ridge = 1e-9;

    /// <summary>The index of a structure all of whose sites have complete equations, v.u.; null when the table lacks a bond.</summary>
    /// <remarks>
    /// The valences of least squares under the sums sum_j s_ij = |V_i| are s_ij = l_i + l_j with a multiplier l for each site, which the
    /// sums determine.
    /// </remarks>
    public static double? Of(CrystalStructure structure, IReadOnlyList<CoordinationShell> shells, ParameterTable table)
    {
        List<Link> links = Links(structure, shells, table);
        if (links.Count == 0 || links.Any(link => double.IsNaN(link.Valence)))
            return null;
        int size = structure.Sites.Count;
        double[] matrix = new double[size * size], multipliers = new double[size];
        for (int site = 0; site < size; site++)
        {
            matrix[site * size + site] = Ridge;
            multipliers[site] = structure.Multiplicity(site) * Math.Abs(structure.Sites[site].Charge ?? 0);
        }

        foreach (Link link in links)
        {
            matrix[link.Cation * size + link.Cation] += link.Count;
            matrix[link.Anion * size + link.Anion] += link.Count;
            matrix[link.Cation * size + link.Anion] += link.Count;
            matrix[link.Anion * size + link.Cation] += link.Count;
        }

        if (!Cholesky.TryFactor(matrix, size))
            return null;
        Cholesky.Solve(matrix, size, multipliers);
        double squares = links.Sum(link => link.Count * Square(link.Valence - multipliers[link.Cation] - multipliers[link.Anion]));
        return Math.Sqrt(squares / links.Sum(link => link.Count));
    }

    private static List<Link> Links(CrystalStructure structure, IReadOnlyList<CoordinationShell> shells, ParameterTable table)
    {
        var links = new List<Link>();
        foreach (CoordinationShell shell in shells)
        {
            int cation = structure.SiteOfAtom[shell.Center];
            if (shell.Center != structure.FirstAtom(cation) || !EquationBuilder.TryGetSpecies(structure.Sites[cation], out var center)
                || center.Charge <= 0)
                continue;
            foreach (CoordinationBond bond in shell.Bonds)
            {
                int anion = structure.SiteOfAtom[bond.Atom];
                if (!EquationBuilder.TryGetSpecies(structure.Sites[anion], out var neighbor) || neighbor.Charge >= 0)
                    continue;
                double valence = table.Find(new BondKey(center, neighbor))?.Valence(bond.DistanceAngstrom) ?? double.NaN;
                links.Add(new Link(cation, anion, structure.Multiplicity(cation), valence));
            }
        }

        return links;
    }

    private static double Square(double x) => x * x;

    private readonly record struct Link(int Cation, int Anion, int Count, double Valence);
}
