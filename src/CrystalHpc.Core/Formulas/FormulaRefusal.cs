using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Formulas;

/// <summary>Why a text is no formula that can be relied on.</summary>
/// <param name="Code">Kind of refusal, one of <see cref="FormulaFindings"/>.</param>
/// <param name="Position">Character of the text that it is about, from 1 (UTF-16 units); one beyond the end for what is missing
/// there.</param>
/// <param name="Reason">The reason, for people.</param>
public sealed record FormulaRefusal(FindingCode Code, int Position, string Reason)
{
    /// <summary>The refusal as a finding of line 1, or of the line of a table that the text stands in.</summary>
    public Finding ToFinding(int line = 1) => new(Code, line, Position, Reason);
}
