using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Lattices.Data;

/// <summary>Reads what <see cref="LatticeTable"/> holds, from wherever it stands.</summary>
public static class LatticeTableReader
{
    /// <summary>Reads a table or the directory of a merged run.</summary>
    /// <exception cref="UserException">It is no table of formulas and space groups, or none of its rows can be used.</exception>
    public static LatticeTable Read(string path)
    {
        if (StructureTable.IsRun(path))
            return StructureTable.ReadRun(path);
        FormulaTable table = FormulaTable.Read(path);
        int column = table.Column("space_group");
        if (column < 0)
            throw UserException.Unusable($"{path} has no column 'space_group'; its columns are {string.Join(", ", table.Columns)}");
        var rows = new List<LatticeRow>();
        var refused = new List<RefusedRow>(table.Refused);
        foreach (FormulaRow row in table.Rows)
        {
            double? group = FormulaTable.Number(row, column, 1, LatticeClasses.Groups, out RefusedRow problem);
            if (group is { } number && number == Math.Floor(number))
                rows.Add(new LatticeRow(row.Line, row.Text, row.Key, row.Composition, (int)number - 1));
            else
                refused.Add(group is null ? problem : new RefusedRow(row.Line, new(
                    FormulaTableFindings.BadTarget, row.Line, 1, $"{group} is no number of a space group")));
        }

        return rows.Count > 0
            ? new LatticeTable(rows, refused, table.Digest) { Cells = CellTable.HasCells(table) ? CellTable.Of(table).Rows : [] }
            : throw UserException.Unusable($"{path}: no row can be used");
    }
}
