using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Corpora;

namespace CrystalHpc.Pipeline;

/// <summary>Everything the pipeline made of one structure of a file, or of a file without one.</summary>
internal sealed record StructureOutcome
{
    /// <summary>The verdict column of accepted structures.</summary>
    public const string Accepted = "accepted";

    /// <summary>The verdict column of all others.</summary>
    public const string Rejected = "rejected";

    /// <summary>Stable id: that of the file; with the block's name behind a colon when the file holds several structures.</summary>
    public required string StructureId { get; init; }

    /// <summary>The structure with its oxidation states; null when none could be read.</summary>
    public CrystalStructure? Structure { get; init; }

    /// <summary>Where the oxidation states come from.</summary>
    public OxidationSource OxidationSource { get; init; }

    /// <summary>How sure the oxidation states are, 0 to 1.</summary>
    public double OxidationConfidence { get; init; }

    /// <summary>Why the structure is not used, in a fixed order; empty when it is accepted.</summary>
    public required IReadOnlyList<FindingCode> Reasons { get; init; }

    /// <summary>Whatever was noticed, in the order of the stages.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Redeterminations of the same structure share this id; empty for rejected structures.</summary>
    public string GroupId { get; init; } = "";

    /// <summary>Neighbors of the atoms that the configuration asks for.</summary>
    public IReadOnlyList<CoordinationShell> Shells { get; init; } = [];

    /// <summary>Bond-valence equations of the cation sites.</summary>
    public IReadOnlyList<SiteEquation> Equations { get; init; } = [];

    /// <summary>Those of the anion sites, over the same bonds seen from their other ends.</summary>
    public IReadOnlyList<SiteEquation> AnionEquations { get; init; } = [];

    /// <summary>True when the structure may be used.</summary>
    public bool IsAccepted => Reasons.Count == 0;

    /// <summary>True when the file could not be dealt with: unreadable, changed, or a fault of the program.</summary>
    public bool IsFailure => Reasons.Any(reason => reason == FileFindings.Unreadable || reason == FileFindings.Changed || reason == FileFindings.Fault);

    /// <summary>The outcome of a file that yields no structure for one reason.</summary>
    public static StructureOutcome OfFailure(string fileId, Finding failure) => new()
    {
        StructureId = fileId,
        Reasons = [failure.Code],
        Findings = [failure],
    };
}
