using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Corpora;

namespace CrystalHpc.Engine.Structures;

/// <summary>Everything the pipeline made of one structure of a file, or of a file without one.</summary>
public sealed record StructureOutcome
{
    /// <summary>The verdict column of accepted structures.</summary>
    public const string Accepted = "accepted";

    /// <summary>The verdict column of all others.</summary>
    public const string Rejected = "rejected";

    /// <summary>Stable id: that of the file; with the block's name behind a colon when the file holds several structures.</summary>
    public required string StructureId { get; init; }

    /// <summary>The structure with its oxidation states; null when none could be read.</summary>
    public CrystalStructure? Structure { get; init; }

    /// <summary>The symmetry that the atoms have at 0.01 Å; null without a structure, or where two atoms of a kind share a place.</summary>
    public CrystalSymmetry? FoundSymmetry { get; init; }

    /// <summary>Where the oxidation states come from.</summary>
    public OxidationSource OxidationSource { get; init; }

    /// <summary>How sure the oxidation states are, 0 to 1.</summary>
    public double OxidationConfidence { get; init; }

    /// <summary>Why the structure is not used, in a fixed order; empty when it is accepted.</summary>
    public required IReadOnlyList<FindingCode> Reasons { get; init; }

    /// <summary>Whatever was noticed, in the order of the stages.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Name by which <c>groups.csv</c> tells the redeterminations of a structure; empty for rejected structures.</summary>
    public string GroupId { get; init; } = "";

    /// <summary>Neighbors of the atoms that the configuration and the products ask for.</summary>
    public IReadOnlyList<CoordinationShell> Shells { get; init; } = [];

    /// <summary>What products have derived from the structure, one object for each kind; their texts say how much there is of it.</summary>
    public IReadOnlyList<object> Parts { get; init; } = [];

    /// <summary>True when the structure may be used.</summary>
    public bool IsAccepted => Reasons.Count == 0;

    /// <summary>True when the file could not be dealt with: unreadable, changed, or a fault of the program.</summary>
    public bool IsFailure => Reasons.Any(FileFindings.IsFailure);

    /// <summary>A part that a product has derived; null where it has not.</summary>
    public TPart? Part<TPart>()
        where TPart : class => Parts.OfType<TPart>().FirstOrDefault();

    /// <summary>The same with a part, and with what was noticed while it was derived.</summary>
    public StructureOutcome With(object part, IReadOnlyCollection<Finding> findings) => this with
    {
        Parts = [.. Parts, part],
        Findings = findings.Count == 0 ? Findings : [.. Findings, .. findings],
    };

    /// <summary>The outcome of a file that yields no structure for one reason.</summary>
    public static StructureOutcome OfFailure(string fileId, Finding failure) => new()
    {
        StructureId = fileId,
        Reasons = [failure.Code],
        Findings = [failure],
    };
}
