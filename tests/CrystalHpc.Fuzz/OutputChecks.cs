using System.Buffers;
using System.Text.Json;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Fuzz;

/// <summary>What must hold of everything that is written about a file.</summary>
internal sealed class OutputChecks(IReadOnlyList<IShardProduct> products)
{
    private static readonly ManifestRow File = new("input", "=input.cif", 0, "", 0);

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Check(IReadOnlyList<StructureOutcome> outcomes)
    {
        var memory = new TablesInMemory();
        using (var tables = new ShardTables(products, memory))
        {
            foreach (StructureOutcome outcome in outcomes)
                tables.Append(File, outcome);
            tables.Complete();
        }

        StructureRow[] rows = [.. Csv.Read<StructureRow>(memory.Tables.Single(table => table.Name == StructureProduct.FileName).Content,
            File.Path)];
        if (!rows.Select(row => row.StructureId).SequenceEqual(outcomes.Select(outcome => outcome.StructureId))
            || Array.Exists(rows, row => row.Path != File.Path))
            return "structures.csv does not have the row of each structure";
        JsonSerializer.SerializeToUtf8Bytes(outcomes.Select(outcome => Inspection.Of(outcome, [], valences: null, sums: null)),
            JobSummary.Json);
        return outcomes.Select(CheckExport).FirstOrDefault(fault => fault is not null);
    }

    private static string? CheckExport(StructureOutcome outcome)
    {
        if (outcome.Structure is not { } structure)
            return null;
        var cif = new ArrayBufferWriter<byte>();
        StructureCif.Write(new CifWriter(cif), structure);
        if (cif.WrittenSpan.ContainsAnyExcept(Allowed))
            return "an exported CIF with characters that CIF does not have";
        var findings = new List<Finding>();
        CifDocument read = CifDocument.Parse(cif.WrittenMemory, findings);
        Finding? wrong = findings.Cast<Finding?>().FirstOrDefault(finding => finding!.Value.Code.Severity != FindingSeverity.Note);
        return wrong is not null ? $"an exported CIF with {wrong}" : read.Blocks.Count == 1 ? null : "an exported CIF of several blocks";
    }

    private static readonly SearchValues<byte> Allowed = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(value => (byte)value), (byte)'\n', (byte)'\t']);
}
