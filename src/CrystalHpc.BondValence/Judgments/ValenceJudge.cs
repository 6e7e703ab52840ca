using CrystalHpc.BondValence.Commands;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Systems;

namespace CrystalHpc.BondValence.Judgments;

/// <summary>
/// Whether common oxidation states make a crystal neutral, and how well its bonds suit them: the global instability index by the released
/// table. Where oxidation states mean nothing, as in compounds of metals, both are empty, with the reason.
/// </summary>
internal sealed class ValenceJudge : IStructureJudge
{
    private const string Yes = "yes", No = "no";

    // Without one of these, a compound that no combination of common states makes neutral is no salt out of balance but an alloy.
    private static readonly HashSet<Element> Anions = [.. "N O F S Cl Se Br I".Split(' ').Select(Element.Of)];

    private readonly SiteValences _valences = new(ReleasedTable.Read());
    private readonly OxidationOptions _states;
    private readonly ICoordinationDefinition _neighbors;

    /// <summary>A judge by the settings of a configuration.</summary>
    public ValenceJudge(RunConfiguration configuration)
    {
        _states = configuration.Find(EngineSections.OxidationStates) ?? OxidationOptions.Default;
        _neighbors = configuration.Get(EngineSections.Neighbors).Create();
    }

    /// <inheritdoc/>
    public string Name => "bond valence";

    /// <inheritdoc/>
    public IReadOnlyList<JudgedColumn> Columns { get; } =
    [
        new("neutral", "yes or no: common oxidation states make the cell neutral; empty where they mean nothing"),
        new("oxidation_states", "those states"),
        new(JudgedColumn.InstabilityIndex,
            "global instability index by the table crystalhpc-1, v.u.: above about 0.2 bonds are strained, above 0.5 hardly possible"),
        new("valence_note", "why one of these is empty"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<StructureJudgment> Judge(IReadOnlyList<CrystalStructure> structures) => [.. structures.Select(Judge)];

    private StructureJudgment Judge(CrystalStructure structure)
    {
        // A crystal that was made has all its atoms: the formula says so.
        string formula = ChemicalFormula.OfCell(structure).ToString();
        var whole = CrystalStructure.Expand(
            structure.Cell, structure.Operations, structure.Sites, structure.Metadata with { FormulaSum = formula, FormulaUnits = 1 });
        var findings = new List<Finding>();
        (CrystalStructure charged, OxidationSource source, _) = OxidationResolver.Resolve(whole, _states, findings);
        if (source == OxidationSource.None)
            return Without(structure, findings);
        string states = string.Join(' ', charged.Sites.Select(site => new Species(site.Element, (sbyte)site.Charge!.Value)).Distinct()
            .OrderByDescending(ion => ion.Charge).ThenBy(ion => ion.Element));
        var outcome = new StructureOutcome
        {
            StructureId = "", Structure = charged, Reasons = [], Findings = [],
            Shells = [.. Enumerable.Range(0, charged.Sites.Count).Select(site => _neighbors.Find(charged, charged.FirstAtom(site)))],
        };
        double? gii = StructureValences.Of(outcome, _valences)?.Gii;
        return new StructureJudgment([Yes, states, gii, gii is null ? "the table lacks a bond, or a site has none" : null]);
    }

    private static StructureJudgment Without(CrystalStructure structure, List<Finding> findings)
    {
        FindingCode? code = findings.LastOrDefault(finding => finding.Code.Name.StartsWith("oxidation",
            StringComparison.Ordinal)) is { Code: not null } last
            ? last.Code : null;
        bool isSalt = structure.Sites.Any(site => Anions.Contains(site.Element));
        (string? neutral, string why) = code == OxidationFindings.NoSolution && isSalt ? (No, "no combination of common states is neutral")
            : code == OxidationFindings.NoSolution || code == OxidationFindings.NoAnion || code == OxidationFindings.NoCommonState
                ? (null, "oxidation states mean nothing here: no common anion, as in compounds of metals")
            : code == OxidationFindings.MixedValence ? (Yes, "only with an element in two states")
            : code == OxidationFindings.SeveralSolutions ? (Yes, "several combinations of states are neutral")
            : code == OxidationFindings.AgainstRadii ? (Yes,
                "bonds are far longer or shorter than the ionic radii of the neutral combination")
            : (null, code?.Name ?? "no states are assigned");
        return new StructureJudgment([neutral, null, null, why]);
    }
}
