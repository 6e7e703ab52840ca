using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Products;

/// <summary><c>structures.csv</c>: the verdict on every structure.</summary>
public sealed class StructureProduct : TableProduct<StructureRow>
{
    /// <summary>Name of the table.</summary>
    public const string FileName = "structures.csv";

    /// <inheritdoc/>
    public override string Format => "structures/3";

    /// <inheritdoc/>
    public override string Table => FileName;

    /// <inheritdoc/>
    protected override IEnumerable<StructureRow> Rows(ManifestRow file, StructureOutcome outcome)
    {
        CrystalStructure? structure = outcome.Structure;
        StructureMetadata? metadata = structure?.Metadata;
        yield return new StructureRow(
            outcome.StructureId,
            file.Path,
            metadata?.CodId ?? "",
            structure is null ? "" : ChemicalFormula.OfCell(structure).ToString(),
            metadata?.SpaceGroup ?? "",
            outcome.FoundSpaceGroup?.ShortSymbol ?? "",
            outcome.FoundSpaceGroup?.Number,
            structure?.Cell.Volume,
            structure?.Sites.Count,
            structure?.AtomCount,
            SnakeCase.Of(outcome.OxidationSource),
            outcome.OxidationSource == OxidationSource.None ? null : outcome.OxidationConfidence,
            metadata?.TemperatureKelvin?.Typical,
            metadata?.PressureKilopascal?.Typical,
            outcome.GroupId,
            outcome.IsAccepted ? StructureOutcome.Accepted : StructureOutcome.Rejected,
            string.Join(';', outcome.Reasons));
    }
}
