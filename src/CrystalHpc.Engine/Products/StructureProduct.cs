using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Products;

/// <summary><c>structures.csv</c>: the verdict on every structure.</summary>
public sealed class StructureProduct : TableProduct<StructureRow>
{
    /// <summary>Name of the table.</summary>
    public const string FileName = "structures.csv";

    /// <inheritdoc/>
    public override string Format => "structures/4";

    /// <inheritdoc/>
    public override string Table => FileName;

    /// <inheritdoc/>
    public override void Merge(ShardMerge merge)
    {
        ArgumentNullException.ThrowIfNull(merge);
        IReadOnlyList<BlockRow>? blocks = merge.Join(Table);
        merge.Job.World.OnRankZero(() => merge.Write(StructureBlocks.FileName, stream => Csv.Write(stream, blocks!)));
    }

    /// <summary>The row of a structure.</summary>
    /// <param name="path">Path of its file, as in the manifest.</param>
    /// <param name="outcome">What is known of it.</param>
    public static StructureRow RowOf(string path, StructureOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        CrystalStructure? structure = outcome.Structure;
        StructureMetadata? metadata = structure?.Metadata;
        double?[] cell = outcome.FoundSymmetry is { } symmetry ? [.. symmetry.StandardBasis.LengthsAndAngles().Select(Tidy)]
            : new double?[6];
        return new StructureRow(
            outcome.StructureId,
            path,
            metadata?.CodId ?? "",
            structure is null ? "" : ChemicalFormula.OfCell(structure).ToString(),
            metadata?.SpaceGroup ?? "",
            outcome.FoundSymmetry?.Group.ShortSymbol ?? "",
            outcome.FoundSymmetry?.Number,
            cell[0],
            cell[1],
            cell[2],
            cell[3],
            cell[4],
            cell[5],
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

    /// <inheritdoc/>
    protected override IEnumerable<StructureRow> Rows(ManifestRow file, StructureOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(file);
        return [RowOf(file.Path, outcome)];
    }

    // Rounding leaves a right angle off by a few units of the last place.
    private static double? Tidy(double value) => Math.Round(value, 6);
}
