using CrystalHpc.BondValence.ParameterTables;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>A table under test; one that belongs to a cross-validation differs from fold to fold.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="OfFold">The table that judges the groups of a fold.</param>
internal sealed record TableUnderTest(string Name, Func<int, ParameterTable> OfFold);

/// <summary>The tables under test, in their order, for each fold.</summary>
internal sealed class TablesByFold(IReadOnlyList<TableUnderTest> tables, int folds)
{
    private readonly ParameterTable[][] _ofFold = [.. Enumerable.Range(0, folds)
        .Select(fold => tables.Select(table => table.OfFold(fold)).ToArray())];

    /// <summary>Their names.</summary>
    public string[] Names { get; } = [.. tables.Select(table => table.Name)];

    /// <summary>The tables that judge the groups of a fold.</summary>
    public ParameterTable[] Of(int fold) => _ofFold[fold];
}
