using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Learning.Structures;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Data;

/// <summary>The crystals of a table: its structures, or where it has none, or none are wanted, its column of formulas.</summary>
internal sealed class TableCrystals
{
    private readonly TableStructure? _structures;
    private readonly PropertyInput _input;
    private readonly GraphOptions _graphs;
    private readonly int _formula;

    private TableCrystals(TableStructure? structures, PropertyInput input, GraphOptions graphs, int formula) =>
        (_structures, _input, _graphs, _formula) = (structures, input, graphs, formula);

    /// <summary>The crystals of a table.</summary>
    /// <exception cref="UserException">It has none of the kind.</exception>
    public static TableCrystals Of(CsvTable table, PropertyInput input, GraphOptions graphs)
    {
        TableStructure? structures = TableStructure.Of(table);
        int formula = table.Column("formula");
        if (structures is null && (input == PropertyInput.Structure || formula < 0))
            throw UserException.Unusable(
                $"{table.Path} has no structures: its columns are neither a, b, c, alpha, beta, gamma, sites nor lattice, sites "
                + $"nor those of Heusler compounds{(input == PropertyInput.Formula ? ", nor is one of them 'formula'" : "")}");
        return new TableCrystals(structures, input, graphs, formula);
    }

    /// <summary>What the table calls a row.</summary>
    public string IdOf(CsvTableRow row) => _structures?.IdOf(row) ?? row.Fields[_formula];

    /// <summary>The crystal of a row; null when it has none.</summary>
    public Crystal? Read(CsvTableRow row, out Finding? problem)
    {
        if (_structures is null)
            return Crystal.Of(row.Fields[_formula], row.Fields[_formula], out problem);
        CrystalStructure? structure = _structures.Read(row, PropertyFindings.Unreadable, out problem);
        return structure is not null && GraphBuilder.TryCreate(structure, _graphs, out problem) is { } graph
            ? Crystal.Of(_structures.IdOf(row), graph) : null;
    }

    /// <summary>The graph that a model of the kind takes of a crystal.</summary>
    public CrystalGraph? GraphOf(Crystal crystal) => crystal.GraphOf(_input);
}
