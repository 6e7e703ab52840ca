using CrystalHpc.Core.Crystals;
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

/// <summary>Structures with properties: tables whose columns <see cref="TableStructure"/> understands.</summary>
/// <param name="Targets">The targets.</param>
/// <param name="Samples">The rows that can be used: those with a structure and one known target at least.</param>
/// <param name="Refused">The others, and cells that are no numbers.</param>
/// <param name="Digest">SHA-256 of the content.</param>
public sealed record PropertyTable(
    IReadOnlyList<TargetColumn> Targets, IReadOnlyList<PropertySample> Samples, IReadOnlyList<RefusedRow> Refused, string Digest)
{
    /// <summary>Reads a table.</summary>
    /// <param name="path">The file, .csv or .csv.gz.</param>
    /// <param name="wanted">Targets, <c>NAME</c> or <c>NAME=COLUMN</c>; none: all that the columns name.</param>
    /// <exception cref="UserException">It is no such table, or no row can be used.</exception>
    public static PropertyTable Read(string path, IReadOnlyList<string> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        CsvTable table = CsvTable.Read(path);
        TargetColumn[] targets = wanted.Count == 0 ? [.. TargetColumn.Of(table.Columns)]
            : [.. wanted.Select(text => TargetColumn.Parse(text, table.Columns)
            ?? throw UserException.Unusable(
                $"{path}: no column for the target '{text}'; its columns are {string.Join(", ", table.Columns)}"))];
        if (targets.Length == 0)
            throw UserException.Unusable(
                $"{path}: none of its columns is a known target; name one by NAME=COLUMN. "
                + $"Its columns are {string.Join(", ", table.Columns)}");
        if (TableStructure.Of(table) is not { } structures)
            throw UserException.Unusable(
                $"{path} has no structures: its columns are neither a, b, c, alpha, beta, gamma, sites nor lattice, sites "
                + "nor those of Heusler compounds");
        int[] columns = [.. targets.Select(target => table.Column(target.Column))];
        var read = new (PropertySample? Sample, List<RefusedRow> Refused)[table.Rows.Count];
        global::System.Threading.Tasks.Parallel.For(0, read.Length, i => read[i] = Read(table.Rows[i], structures, targets, columns));
        PropertySample[] samples = [.. read.Select(row => row.Sample).OfType<PropertySample>()];
        return samples.Length == 0
            ? throw UserException.Unusable($"{path}: no row can be used")
            : new PropertyTable(targets, samples, [.. table.Refused, .. read.SelectMany(row => row.Refused)], table.Digest);
    }

    private static (PropertySample? Sample, List<RefusedRow> Refused) Read(
        CsvTableRow row, TableStructure structures, TargetColumn[] targets, int[] columns)
    {
        var refused = new List<RefusedRow>();
        var values = new double[targets.Length];
        for (int k = 0; k < targets.Length; k++)
        {
            double? value = FormulaTable.Number(row, columns[k], targets[k].Target.Least, targets[k].Target.Most, out RefusedRow problem);
            values[k] = value is { } number ? targets[k].Target.Learned(number) : double.NaN;
            if (value is null && problem.Finding.Code != FormulaTableFindings.MissingTarget)
                refused.Add(problem);
        }

        if (values.All(double.IsNaN))
            return (null, refused);
        CrystalStructure? structure = structures.Read(row, PropertyFindings.Unreadable, out Finding? reason);
        CrystalGraph? graph = structure is null ? null : GraphBuilder.TryCreate(structure, out reason);
        if (graph is not null)
            return (new PropertySample(structures.IdOf(row), StructureKey.Of(structure!), graph, values), refused);
        refused.Add(new RefusedRow(row.Line, reason!.Value));
        return (null, refused);
    }
}
