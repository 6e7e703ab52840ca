using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Pipeline;
using CrystalHpc.Storage;

namespace CrystalHpc.Commands;

/// <summary>What <c>inspect --json</c> says of one structure.</summary>
internal sealed record Inspection(
    string StructureId,
    string Verdict,
    IReadOnlyList<string> ReasonCodes,
    string Formula,
    string SpaceGroup,
    InspectedCell? Cell,
    string OxidationSource,
    string GroupId,
    IReadOnlyList<InspectedSite> Sites,
    IReadOnlyList<InspectedFinding> Findings)
{
    /// <summary>The inspection of an outcome.</summary>
    public static Inspection Of(StructureOutcome outcome)
    {
        CrystalStructure? structure = outcome.Structure;
        return new Inspection(
            outcome.StructureId,
            outcome.IsAccepted ? StructureOutcome.Accepted : StructureOutcome.Rejected,
            [.. outcome.Reasons.Select(reason => reason.Name)],
            structure is null ? "" : ChemicalFormula.OfCell(structure).Reduced().ToString(),
            structure?.Metadata.SpaceGroup ?? "",
            structure is null ? null : InspectedCell.Of(structure.Cell),
            SnakeCase.Of(outcome.OxidationSource),
            outcome.GroupId,
            structure is null ? [] : [.. Enumerable.Range(0, structure.Sites.Count).Select(site => InspectedSite.Of(structure, site, outcome.Shells))],
            [.. outcome.Findings.Select(finding => new InspectedFinding(
                finding.Line, finding.Column, SnakeCase.Of(finding.Code.Severity), finding.Code.Name, finding.Message))]);
    }
}

/// <summary>A unit cell: Å, degrees, Å³.</summary>
internal sealed record InspectedCell(double A, double B, double C, double Alpha, double Beta, double Gamma, double VolumeA3)
{
    public static InspectedCell Of(UnitCell cell) => new(cell.A, cell.B, cell.C, cell.Alpha, cell.Beta, cell.Gamma, cell.Volume);
}

/// <summary>A symmetry-distinct site with the neighbors of its first atom; neighbors are null where none were looked for.</summary>
internal sealed record InspectedSite(
    string Label, string Element, double? Oxidation, double X, double Y, double Z, double Occupancy, int Multiplicity, IReadOnlyList<InspectedNeighbor>? Neighbors)
{
    public static InspectedSite Of(CrystalStructure structure, int site, IReadOnlyList<CoordinationShell> shells)
    {
        AtomSite atom = structure.Sites[site];
        CoordinationShell? shell = shells.FirstOrDefault(candidate => candidate.Center == structure.FirstAtom(site));
        return new InspectedSite(
            atom.Label,
            atom.Element.Symbol,
            atom.Charge,
            atom.Position.X,
            atom.Position.Y,
            atom.Position.Z,
            atom.Occupancy,
            structure.Multiplicity(site),
            shell is null ? null : [.. shell.Bonds.Select(bond => new InspectedNeighbor(
                structure.SiteAt(bond.Atom).Label, structure.SiteAt(bond.Atom).Element.Symbol, bond.DistanceAngstrom, bond.Weight))]);
    }
}

/// <summary>One neighbor: label, element, distance in Å, weight.</summary>
internal sealed record InspectedNeighbor(string Label, string Element, double DistanceA, double Weight);

/// <summary>One finding; line and column count from 1, 0 without a place.</summary>
internal sealed record InspectedFinding(int Line, int Column, string Severity, string Code, string Message);
