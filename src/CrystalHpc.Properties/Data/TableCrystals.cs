using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Properties.Data;

/// <summary>The crystals of a table: its structures, or where it has none, or none are wanted, its column of formulas.</summary>
internal sealed class TableCrystals
{
    private readonly TableStructure? _structures;
    private readonly PropertyInput _input;
    private readonly int _formula;

    private TableCrystals(TableStructure? structures, PropertyInput input, int formula) =>
        (_structures, _input, _formula) = (structures, input, formula);

    /// <summary>The crystals of a table.</summary>
    /// <exception cref="UserException">It has none of the kind.</exception>
    public static TableCrystals Of(CsvTable table, PropertyInput input)
    {
        TableStructure? structures = TableStructure.Of(table);
        int formula = table.Column("formula");
        if (structures is null && (input == PropertyInput.Structure || formula < 0))
            throw UserException.Unusable(
                $"{table.Path} has no structures: its columns are neither a, b, c, alpha, beta, gamma, sites nor lattice, sites "
                + $"nor those of Heusler compounds{(input == PropertyInput.Formula ? ", nor is one of them 'formula'" : "")}");
        return new TableCrystals(structures, input, formula);
    }

    /// <summary>What the table calls a row.</summary>
    public string IdOf(CsvTableRow row) => _structures?.IdOf(row) ?? row.Fields[_formula];

    /// <summary>The crystal of a row; null when it has none.</summary>
    public Crystal? Read(CsvTableRow row, out Finding? problem)
    {
        if (_structures is null)
            return Crystal.Of(row.Fields[_formula], row.Fields[_formula], out problem);
        CrystalStructure? structure = _structures.Read(row, out problem);
        return structure is null ? null : Crystal.Of(_structures.IdOf(row), structure, out problem);
    }

    /// <summary>The graph that a model of the kind takes of a crystal.</summary>
    public Model.CrystalGraph? GraphOf(Crystal crystal) => crystal.GraphOf(_input);
}
