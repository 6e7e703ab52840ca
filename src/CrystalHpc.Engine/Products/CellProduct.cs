using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Matching;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Products;

/// <summary>
/// <c>cells.csv</c>: the accepted structures as redeterminations are recognized by. It stays in the shards; merging makes <c>groups.csv</c>
/// of it.
/// </summary>
/// <param name="tolerance">How far structures may differ and be one group; null: there are no groups.</param>
public sealed class CellProduct(MatchTolerance? tolerance) : TableProduct<CellRow>
{
    /// <inheritdoc/>
    public override string Format => "cells/1";

    /// <inheritdoc/>
    public override string Table => "cells.csv";

    /// <inheritdoc/>
    public override void Merge(ShardMerge merge)
    {
        ArgumentNullException.ThrowIfNull(merge);
        string[] tables = [.. merge.Job.Stretch(merge.Runs.Shards.Length)
            .Select(shard => Path.Combine(merge.Runs.Folder(merge.Runs.Shards[shard]), Table))];
        IReadOnlyList<GroupRow> groups = RedeterminationGroups.Find(merge.Job, tables, tolerance);
        merge.WriteShared(StructureGroups.FileName, stream =>
        {
            if (merge.Job.IsRoot)
                Csv.Write<GroupRow>(stream, []);
            Csv.WriteRows(stream, groups);
        });
    }

    /// <inheritdoc/>
    protected override IEnumerable<CellRow> Rows(ManifestRow file, StructureOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.GroupId.Length == 0)
            return [];
        (UnitCell cell, IReadOnlyList<OccupiedPlace> places) = OccupiedPlaces.Of(outcome.Structure!);
        return [new CellRow(outcome.GroupId, cell.A, cell.B, cell.C, cell.Alpha, cell.Beta, cell.Gamma,
            string.Join(';', places.Select(Text)))];
    }

    // Six places are a hundred times finer than the displacements that matter.
    private static string Text(OccupiedPlace place) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{place.Content} {place.Position.X:0.######} {place.Position.Y:0.######} {place.Position.Z:0.######}");
}
