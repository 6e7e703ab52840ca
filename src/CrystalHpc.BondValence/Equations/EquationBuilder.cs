using System.Globalization;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.BondValence.Equations;

/// <summary>
/// Writes the bond-valence equations of the cations of one structure: one for each symmetry-distinct site, over its bonds to anions.
/// </summary>
public static class EquationBuilder
{
    /// <summary>Equations of a structure with oxidation states, in the order of its sites.</summary>
    /// <param name="structure">The structure; sites without charge or with a charge of zero or less give no equation.</param>
    /// <param name="shells">Neighbors of the first atom of each cation site, in any order; other shells are ignored.</param>
    /// <param name="structureId">Stable id of the structure.</param>
    /// <param name="groupId">Id that redeterminations of the same structure share.</param>
    /// <param name="findings">Receives one finding for each cation site that gives no equation.</param>
    public static IReadOnlyList<SiteEquation> Build(
        CrystalStructure structure, IReadOnlyList<CoordinationShell> shells, string structureId, string groupId,
        ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(shells);
        ArgumentNullException.ThrowIfNull(findings);
        Dictionary<int, CoordinationShell> shellOf = shells.ToDictionary(shell => shell.Center);
        List<SiteEquation> equations = [];
        for (int site = 0; site < structure.Sites.Count; site++)
        {
            AtomSite center = structure.Sites[site];
            if (!(center.Charge > 0))
                continue;
            FindingCode? problem;
            List<EquationBond> bonds = [];
            if (!TryGetSpecies(center, out Species cation))
                problem = EquationFindings.FractionalCharge;
            else if (!IsFull(center))
                problem = EquationFindings.PartialOccupancy;
            else if (!shellOf.TryGetValue(structure.FirstAtom(site), out CoordinationShell? shell))
                problem = EquationFindings.NoShell;
            else
                problem = CollectBonds(structure, shell, bonds);

            if (problem is not null)
            {
                string charge = center.Charge.Value.ToString(CultureInfo.InvariantCulture);
                findings.Add(new Finding(problem, center.Line, 0, $"site {center.Label} ({center.Element}, charge {charge})"));
                continue;
            }

            equations.Add(new SiteEquation
            {
                StructureId = structureId,
                SiteIndex = site,
                SiteLabel = center.Label,
                Center = cation,
                Multiplicity = structure.Multiplicity(site),
                GroupId = groupId,
                Bonds = bonds,
            });
        }

        return equations;
    }

    private static FindingCode? CollectBonds(CrystalStructure structure, CoordinationShell shell, List<EquationBond> bonds)
    {
        foreach (CoordinationBond bond in shell.Bonds)
        {
            AtomSite neighbor = structure.SiteAt(bond.Atom);
            if (neighbor.Charge is null)
                return EquationFindings.UnknownCharge;
            if (neighbor.Charge >= 0)
                continue;
            if (!TryGetSpecies(neighbor, out Species anion))
                return EquationFindings.FractionalCharge;
            if (!IsFull(neighbor))
                return EquationFindings.PartialOccupancy;
            bonds.Add(new EquationBond(anion, bond.DistanceAngstrom));
        }

        bonds.Sort((left, right) => left.DistanceAngstrom != right.DistanceAngstrom
            ? left.DistanceAngstrom.CompareTo(right.DistanceAngstrom)
            : left.Neighbor.CompareTo(right.Neighbor));
        return bonds.Count == 0 ? EquationFindings.NoAnionNeighbors : null;
    }

    /// <summary>The ion on a site; false when its oxidation state is unknown or not whole.</summary>
    internal static bool TryGetSpecies(AtomSite site, out Species species)
    {
        double rounded = Math.Round(site.Charge ?? double.NaN);
        bool isWhole = Math.Abs(rounded - site.Charge ?? double.NaN) <= EquationTolerances.WholeChargeElectrons
            && Math.Abs(rounded) <= sbyte.MaxValue;
        species = isWhole ? new Species(site.Element, (sbyte)rounded) : default;
        return isWhole;
    }

    /// <summary>True when the site is fully occupied.</summary>
    internal static bool IsFull(AtomSite site) => site.Occupancy >= 1 - EquationTolerances.Occupancy;
}
