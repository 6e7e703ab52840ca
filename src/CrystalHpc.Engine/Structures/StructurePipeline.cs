using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Core.Validation;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Products;

namespace CrystalHpc.Engine.Structures;

/// <summary>
/// The way of the data through one file, in the order of the folders of the core: bytes, CIF, structure, oxidation states, verdict,
/// neighbors, and then what each product derives. One instance per rank: it keeps working space between files.
/// </summary>
/// <param name="configuration">The sections of the engine decide this way.</param>
/// <param name="products">What is made of accepted structures.</param>
public sealed class StructurePipeline(RunConfiguration configuration, IReadOnlyList<IShardProduct> products)
{
    /// <summary>Sections that decide what a structure is, whatever is made of it.</summary>
    public static IReadOnlyList<Section> Sections { get; } =
        [EngineSections.Structures, EngineSections.OxidationStates, EngineSections.GivenStates, EngineSections.Validation,
            EngineSections.Groups, EngineSections.Neighbors];

    private readonly StructureReaderOptions _structures = configuration.Get(EngineSections.Structures);
    private readonly OxidationOptions? _oxidation = configuration.Find(EngineSections.OxidationStates);
    private readonly StateSidecar? _sidecar = StateSidecar.Of(configuration);
    private readonly ValidationOptions _validation = configuration.Get(EngineSections.Validation);
    private readonly GroupOptions? _groups = configuration.Find(EngineSections.Groups);
    private readonly NeighborOptions _neighbors = configuration.Get(EngineSections.Neighbors);
    private readonly ICoordinationDefinition _coordination = configuration.Get(EngineSections.Neighbors).Create();
    private readonly SymmetryFinder _symmetry = new();
    private readonly ShellCenters _centers = products.Select(product => product.Centers).DefaultIfEmpty(ShellCenters.Configured).Max();

    /// <summary>States that the user gives to every structure; they win over those of the configuration.</summary>
    public IReadOnlyList<GivenState> Given { get; init; } = [];

    /// <summary>Everything that the file yields: one outcome for each structure, or one that says why there is none.</summary>
    /// <param name="fileId">Stable id of the file.</param>
    /// <param name="bytes">The file.</param>
    public IReadOnlyList<StructureOutcome> Process(string fileId, ReadOnlyMemory<byte> bytes)
    {
        var syntax = new List<Finding>();
        CifDocument document = CifDocument.Parse(bytes, syntax);
        CifBlock[] blocks = [.. document.Blocks.Where(StructureReader.HasAtomSites)];
        if (blocks.Length == 0)
            return [Judge(fileId, null, [.. syntax, .. WhyNoStructure(document)], [])];

        IReadOnlyList<string> ids = StructureIds(fileId, blocks);
        foreach ((string id, GivenState state) in _sidecar?.Unmatched(fileId, ids) ?? [])
            syntax.Add(new Finding(OxidationFindings.GivenUnused, FormattableString.Invariant(
                $"{id}: {state.Site} = {state.Charge:+0;-0}")));
        return [.. blocks.Select((block, i) => ProcessBlock(ids[i], block, SyntaxOf(blocks, i, syntax),
            [.. _sidecar?.Of(fileId, ids[i]) ?? [], .. Given]))];
    }

    private StructureOutcome ProcessBlock(string id, CifBlock block, List<Finding> findings, IReadOnlyList<GivenState> given)
    {
        bool mayRead = CifKinds.MayHoldStructure(block, findings);
        CrystalStructure? structure = mayRead ? StructureReader.Read(block, _structures, findings) : null;
        return Judge(id, structure, findings, given);
    }

    private StructureOutcome Judge(string id, CrystalStructure? read, List<Finding> findings, IReadOnlyList<GivenState> given)
    {
        (CrystalStructure? structure, OxidationSource source, double confidence) = ResolveStates(read, findings, given);
        CrystalSymmetry? symmetry = structure is null ? null : FindSymmetry(structure, findings);
        Verdict verdict = StructureValidator.Judge(structure, source, _validation, findings);
        var outcome = new StructureOutcome
        {
            StructureId = id,
            Structure = structure,
            FoundSymmetry = symmetry,
            OxidationSource = source,
            OxidationConfidence = confidence,
            Reasons = structure is null ? [.. verdict.Reasons, .. Errors(findings, verdict)] : verdict.Reasons,
            Findings = findings,
        };
        return verdict.Accepted ? WithBonds(outcome, structure!, findings) : outcome;
    }

    private CrystalSymmetry? FindSymmetry(CrystalStructure structure, List<Finding> findings)
    {
        if (_symmetry.Find(structure, SymmetryTolerance.Default) is not { } found)
            return null;
        if (NamedGroupCheck.Check(_symmetry, structure, found) is { } finding)
            findings.Add(finding);
        return found;
    }

    private (CrystalStructure? Structure, OxidationSource Source, double Confidence) ResolveStates(
        CrystalStructure? read, List<Finding> findings, IReadOnlyList<GivenState> given)
    {
        if (read is null)
            return (null, OxidationSource.None, 0);
        OxidationResult result = OxidationResolver.Resolve(read, _oxidation, given, findings);
        return (result.Structure, result.Source, result.Confidence);
    }

    private StructureOutcome WithBonds(StructureOutcome outcome, CrystalStructure structure, List<Finding> findings)
    {
        StructureOutcome bonded = outcome with
        {
            Shells = [.. Centers(structure).Select(atom => _coordination.Find(structure, atom, findings))],
            GroupId = _groups is null ? "" : Redeterminations.NameOf(structure, outcome.StructureId),
        };
        return products.Aggregate(bonded, (known, product) => product.Derive(known));
    }

    private IEnumerable<int> Centers(CrystalStructure structure) => _centers switch
    {
        ShellCenters.None => [],
        ShellCenters.Configured when _neighbors.AllAtoms => Enumerable.Range(0, structure.AtomCount),
        _ => Enumerable.Range(0, structure.Sites.Count)
            .Where(site => _centers == ShellCenters.Configured || structure.Sites[site].Charge > 0)
            .Select(structure.FirstAtom),
    };

    // No block has an atom list: the kind of the file says what it is, or else the first block what it lacks.
    private List<Finding> WhyNoStructure(CifDocument document)
    {
        var findings = new List<Finding>();
        if (CifKinds.MayHoldStructure(document, findings) && document.Blocks.Count > 0)
            StructureReader.Read(document.Blocks[0], _structures, findings);
        return findings;
    }

    // "No structure" alone helps nobody: the errors that led to it are reasons too.
    private static IEnumerable<FindingCode> Errors(List<Finding> findings, Verdict verdict) => findings
        .Select(finding => finding.Code)
        .Where(code => code.Severity == FindingSeverity.Error && !verdict.Reasons.Contains(code))
        .Distinct()
        .OrderBy(code => code.Name, StringComparer.Ordinal);

    private static IReadOnlyList<string> StructureIds(string fileId, CifBlock[] blocks)
    {
        if (blocks.Length == 1)
            return [fileId];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. blocks.Select((block, i) =>
        {
            string id = $"{fileId}:{PlainText.Of(block.Name)}";
            while (!taken.Add(id))
                id = $"{id}#{i + 1}";
            return id;
        })];
    }

    // A syntax finding belongs to the structure whose block it stands in; what stands before the first block, to the first.
    private static List<Finding> SyntaxOf(CifBlock[] blocks, int index, List<Finding> syntax)
    {
        int from = index == 0 ? 0 : blocks[index].Line;
        int to = index + 1 < blocks.Length ? blocks[index + 1].Line : int.MaxValue;
        return [.. syntax.Where(finding => finding.Line >= from && finding.Line < to)];
    }
}
