using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Validation;

/// <summary>Whether a structure is used, and if not, every rule that speaks against it.</summary>
/// <param name="Reasons">Codes of the rules broken, in the order of <see cref="ValidationFindings.All"/>; empty when accepted.</param>
public sealed record Verdict(IReadOnlyList<FindingCode> Reasons)
{
    /// <summary>True when no rule speaks against the structure.</summary>
    public bool Accepted => Reasons.Count == 0;

    /// <summary>The names of the reasons, joined by blanks.</summary>
    public override string ToString() => Accepted ? "accepted" : string.Join(' ', Reasons.Select(reason => reason.Name));
}
