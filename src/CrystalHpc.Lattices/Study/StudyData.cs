using CrystalHpc.Engine.Jobs;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Formulas;

namespace CrystalHpc.Lattices.Study;

/// <summary>The rows of the tables of a configuration, their features, and the parts of the split.</summary>
internal sealed class StudyData
{
    /// <summary>Reads the tables.</summary>
    public StudyData(LatticeOptions options)
    {
        LatticeTable[] tables = [.. options.Tables.Select(LatticeTableReader.Read)];
        Rows = [.. tables.SelectMany(table => table.Rows)];
        Cells = [.. tables.SelectMany(table => table.Cells), .. options.CellTables.SelectMany(path => CellTable.Read(path).Rows)];
        Scaling = FeatureScaling.Of([.. In(SplitPart.Training).Select(row => Rows[row].Composition)]);
        Features = FeaturesOf([.. Rows.Select(row => row.Composition)]);
        if (In(SplitPart.Training).Length == 0 || In(SplitPart.Validation).Length == 0 || In(SplitPart.Test).Length == 0)
            throw UserException.Unusable("the tables are too small: a part of the split is empty");
    }

    /// <summary>All rows.</summary>
    public LatticeRow[] Rows { get; }

    /// <summary>All cells.</summary>
    public KnownCell[] Cells { get; }

    /// <summary>How features are scaled.</summary>
    public FeatureScaling Scaling { get; }

    /// <summary>Features of the rows, one after another.</summary>
    public float[] Features { get; }

    /// <summary>Numbers of the rows of a part of the split.</summary>
    public int[] In(SplitPart part) => [.. Enumerable.Range(0, Rows.Length).Where(row => FormulaSplit.PartOf(Rows[row].Key) == part)];

    /// <summary>Features of formulas, one after another.</summary>
    public float[] FeaturesOf(Composition[] formulas)
    {
        var features = new float[formulas.Length * Scaling.Count];
        global::System.Threading.Tasks.Parallel.For(0, formulas.Length, i
            => Scaling.Write(formulas[i], features.AsSpan(i * Scaling.Count, Scaling.Count)));
        return features;
    }
}
