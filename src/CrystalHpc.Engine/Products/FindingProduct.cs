using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Products;

/// <summary><c>findings.csv</c>: whatever was noticed.</summary>
public sealed class FindingProduct : TableProduct<FindingRow>
{
    /// <summary>Name of the table.</summary>
    public const string FileName = "findings.csv";

    /// <inheritdoc/>
    public override string Format => "findings/2";

    /// <inheritdoc/>
    public override string Table => FileName;

    /// <inheritdoc/>
    protected override IEnumerable<FindingRow> Rows(ManifestRow file, StructureOutcome outcome)
        => outcome.Findings.Select(finding => new FindingRow(
        outcome.StructureId, file.Path, finding.Line, finding.Column, SnakeCase.Of(finding.Code.Severity), finding.Code.Name,
        finding.Message));
}
