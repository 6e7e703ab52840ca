using System.Text.Json.Serialization;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.Engine.Structures;

/// <summary>What <c>inspect --json</c> says of one structure.</summary>
public sealed record Inspection(
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
    /// <summary>Name of the table that valences are by.</summary>
    public string? ValenceTable { get; init; }

    /// <summary>Global instability index, v.u.; null where it cannot be computed.</summary>
    public double? GiiVu { get; init; }

    /// <summary>Bond strain index, v.u.; null where it cannot be computed.</summary>
    public double? BsiVu { get; init; }

    /// <summary>
    /// The inspection of an outcome, with the neighbors by each of the given definitions, whatever the verdict, and valences where there is
    /// a table.
    /// </summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="definitions">Definitions of neighbors to compare.</param>
    /// <param name="valences">Valences of bonds; null for none.</param>
    /// <param name="sums">Valence sums by index of the site, v.u., and whether they round to another state; null for none.</param>
    public static Inspection Of(
        StructureOutcome outcome, IReadOnlyList<NamedDefinition> definitions, IValenceTable? valences,
        IReadOnlyDictionary<int, (double Sum, bool IsWrong)>? sums)
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
            structure is null ? [] : [.. Enumerable.Range(0, structure.Sites.Count).Select(site =>
            {
                InspectedSite inspected = InspectedSite.Of(structure, site, outcome.Shells, definitions, valences);
                return sums is not null && sums.TryGetValue(site, out (double Sum, bool IsWrong) sum)
                    ? inspected with { ValenceSumVu = sum.Sum, FarFromState = sum.IsWrong } : inspected;
            })],
            [.. outcome.Findings.Select(finding => new InspectedFinding(
                finding.Line, finding.Column, SnakeCase.Of(finding.Code.Severity), finding.Code.Name, finding.Message))]);
    }
}

/// <summary>A unit cell: Å, degrees, Å³.</summary>
public sealed record InspectedCell(double A, double B, double C, double Alpha, double Beta, double Gamma, double VolumeA3)
{
    /// <summary>The cell in plain numbers.</summary>
    public static InspectedCell Of(UnitCell cell) => new(cell.A, cell.B, cell.C, cell.Alpha, cell.Beta, cell.Gamma, cell.Volume);
}

/// <summary>
/// A symmetry-distinct site with the neighbors of its first atom; neighbors are null where none were looked for, and shells are left out
/// where no definitions are compared.
/// </summary>
public sealed record InspectedSite(
    string Label,
    string Element,
    double? Oxidation,
    double X,
    double Y,
    double Z,
    double Occupancy,
    int Multiplicity,
    IReadOnlyList<InspectedNeighbor>? Neighbors,
    double? ValenceSumVu,
    bool? FarFromState,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<InspectedShell>? Shells)
{
    /// <summary>A site with what surrounds its first atom.</summary>
    public static InspectedSite Of(
        CrystalStructure structure, int site, IReadOnlyList<CoordinationShell> shells, IReadOnlyList<NamedDefinition> definitions,
        IValenceTable? valences)
    {
        AtomSite atom = structure.Sites[site];
        int first = structure.FirstAtom(site);
        CoordinationShell? shell = shells.FirstOrDefault(candidate => candidate.Center == first);
        IReadOnlyList<InspectedNeighbor>? neighbors = shell is null ? null : InspectedNeighbor.ListOf(structure, shell, valences);
        return new InspectedSite(
            atom.Label,
            atom.Element.Symbol,
            atom.Charge,
            atom.Position.X,
            atom.Position.Y,
            atom.Position.Z,
            atom.Occupancy,
            structure.Multiplicity(site),
            neighbors,
            null,
            null,
            definitions.Count == 0 ? null : [.. definitions.Select(named => InspectedShell.Of(structure, named, first, valences))]);
    }
}

/// <summary>The neighbors of a site by one definition.</summary>
public sealed record InspectedShell(string Definition, int CoordinationNumber, IReadOnlyList<InspectedNeighbor> Neighbors)
{
    /// <summary>The neighbors of an atom by one definition.</summary>
    public static InspectedShell Of(CrystalStructure structure, NamedDefinition named, int atom, IValenceTable? valences)
    {
        IReadOnlyList<InspectedNeighbor> neighbors = InspectedNeighbor.ListOf(structure, named.Definition.Find(structure, atom), valences);
        return new InspectedShell(named.Name, neighbors.Count, neighbors);
    }
}

/// <summary>
/// One neighbor: label, element, oxidation state, distance in Å, weight; valence in v.u. with the parameters that it follows from (null
/// without a table that has the bond, errors null where the table has none).
/// </summary>
public sealed record InspectedNeighbor(
    string Label, string Element, double? Oxidation, double DistanceA, double Weight, double? ValenceVu, double? ValenceSeVu, double? R0A,
    double? R0SeA,
    [property: JsonPropertyName("b_a")] double? BA, double? BSeA, string? Law, string? Source)
{
    /// <summary>The neighbors of a shell.</summary>
    public static IReadOnlyList<InspectedNeighbor> ListOf(CrystalStructure structure, CoordinationShell shell, IValenceTable? valences) =>
        [.. shell.Bonds.Select(bond => Of(structure.SiteAt(bond.Atom), bond,
            valences?.Find(structure.SiteAt(shell.Center), structure.SiteAt(bond.Atom), bond.DistanceAngstrom)))];

    private static InspectedNeighbor Of(AtomSite site, CoordinationBond bond, TabulatedBond? known) => new(
        site.Label, site.Element.Symbol, site.Charge, bond.DistanceAngstrom, bond.Weight, known?.ValenceVu, known?.ValenceErrorVu,
        known?.R0Angstrom,
        known?.R0ErrorAngstrom, known?.SoftnessAngstrom, known?.SoftnessErrorAngstrom, known?.Law, known?.Source);
}

/// <summary>One finding; line and column count from 1, 0 without a place.</summary>
public sealed record InspectedFinding(int Line, int Column, string Severity, string Code, string Message);
