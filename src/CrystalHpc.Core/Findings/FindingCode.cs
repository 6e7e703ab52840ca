namespace CrystalHpc.Core.Findings;

/// <summary>One kind of finding: a stable kebab-case name that tables, counts and configurations use, and what it means.</summary>
/// <param name="Name">Stable name, kebab-case ASCII, unique over all codes, such as <c>cif-unterminated-quote</c>.</param>
/// <param name="Severity">Severity of every finding of this kind.</param>
/// <param name="Meaning">One sentence for the documentation.</param>
public sealed record FindingCode(string Name, FindingSeverity Severity, string Meaning)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
