using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Learning.Structures;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Data;

/// <summary>A structure of a table and what is known of it.</summary>
/// <param name="Id">What the table calls it.</param>
/// <param name="Key">Reduced formula by which tables are split.</param>
/// <param name="Graph">The structure.</param>
/// <param name="Targets">What the network learns of each target; NaN where unknown.</param>
public sealed record PropertySample(string Id, string Key, CrystalGraph Graph, double[] Targets)
{
    /// <summary>Its part of the split.</summary>
    public SplitPart Part => FormulaSplit.PartOf(Key);
}

/// <summary>Structures with properties: tables whose columns <see cref="TableStructure"/> understands, and files of structures.</summary>
/// <param name="Targets">The targets.</param>
/// <param name="Samples">The rows that can be used: those with a structure and one known target at least.</param>
/// <param name="Refused">The others, and cells that are no numbers.</param>
/// <param name="Digest">SHA-256 of the content.</param>
public sealed record PropertyTable(
    IReadOnlyList<TargetColumn> Targets, IReadOnlyList<PropertySample> Samples, IReadOnlyList<RefusedRow> Refused, string Digest)
{
    /// <summary>Reads a table.</summary>
    /// <param name="path">The file: .csv, .extxyz and the like, packed or not.</param>
    /// <param name="wanted">Targets, <c>NAME</c> or <c>NAME=COLUMN</c>; none: all that the columns name.</param>
    /// <param name="input">What is read of a row.</param>
    /// <param name="graphs">What the graphs hold; null: what they hold by default.</param>
    /// <param name="withQuestions">Questions count among the targets that columns name.</param>
    /// <exception cref="UserException">It is no such table, or no row can be used.</exception>
    public static PropertyTable Read(
        string path, IReadOnlyList<string> wanted, PropertyInput input = PropertyInput.Structure, GraphOptions? graphs = null,
        bool withQuestions = false)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        CsvTable table = FrameTable.Read(path);
        TargetColumn[] targets = wanted.Count == 0 ? [.. TargetColumn.Of(table.Columns).Where(
                column => withQuestions || !column.Target.IsQuestion)]
            : [.. wanted.Select(text => TargetColumn.Parse(text, table.Columns)
            ?? throw UserException.Unusable(
                $"{path}: no column for the target '{text}'; its columns are {string.Join(", ", table.Columns)}"))];
        if (targets.Length == 0)
            throw UserException.Unusable(
                $"{path}: none of its columns is a known target; name one by NAME=COLUMN. "
                + $"Its columns are {string.Join(", ", table.Columns)}");
        TableCrystals crystals = TableCrystals.Of(table, input, graphs ?? GraphOptions.Default);
        int[] columns = [.. targets.Select(target => table.Column(target.Column))];
        var read = new (PropertySample? Sample, List<RefusedRow> Refused)[table.Rows.Count];
        global::System.Threading.Tasks.Parallel.For(0, read.Length, i => read[i] = Read(table.Rows[i], crystals, targets, columns));
        PropertySample[] samples = [.. read.Select(row => row.Sample).OfType<PropertySample>()];
        return samples.Length == 0
            ? throw UserException.Unusable($"{path}: no row can be used")
            : new PropertyTable(targets, samples, [.. table.Refused, .. read.SelectMany(row => row.Refused)], table.Digest);
    }

    /// <summary>Reads tables of one source.</summary>
    /// <param name="paths">The files. The first says which columns; the others must have the same, since other columns are other
    /// quantities.</param>
    /// <param name="wanted">Targets, as for one table.</param>
    /// <param name="input">What is read of a row.</param>
    /// <param name="graphs">What the graphs hold.</param>
    /// <exception cref="UserException">One is no such table, or no row of it can be used.</exception>
    public static IReadOnlyList<PropertyTable> ReadAll(
        IReadOnlyList<string> paths, IReadOnlyList<string> wanted, PropertyInput input, GraphOptions graphs)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var tables = new List<PropertyTable>();
        foreach (string path in paths)
        {
            tables.Add(Read(path, tables.Count == 0 ? wanted
                : [.. tables[0].Targets.Select(target => $"{target.Target.Name}={target.Column}")], input, graphs));
        }

        return tables;
    }

    private static (PropertySample? Sample, List<RefusedRow> Refused) Read(
        CsvTableRow row, TableCrystals crystals, TargetColumn[] targets, int[] columns)
    {
        var refused = new List<RefusedRow>();
        var values = new double[targets.Length];
        for (int k = 0; k < targets.Length; k++)
        {
            values[k] = targets[k].Read(row, columns[k], out RefusedRow problem);
            if (double.IsNaN(values[k]) && problem.Finding.Code != FormulaTableFindings.MissingTarget)
                refused.Add(problem);
        }

        if (values.All(double.IsNaN))
            return (null, refused);
        if (crystals.Read(row, out Finding? reason) is { } crystal && crystals.GraphOf(crystal) is { } graph)
            return (new PropertySample(crystal.Id, crystal.Key, graph, values), refused);
        refused.Add(new RefusedRow(row.Line, reason!.Value));
        return (null, refused);
    }
}
