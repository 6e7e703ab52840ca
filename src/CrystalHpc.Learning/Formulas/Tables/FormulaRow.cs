using CrystalHpc.Core.Findings;

namespace CrystalHpc.Learning.Formulas.Tables;

/// <summary>A row of a table of formulas.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Text">The formula as written.</param>
/// <param name="Key">Reduced formula by which tables are split.</param>
/// <param name="Composition">What it means.</param>
/// <param name="Fields">All cells.</param>
public sealed record FormulaRow(int Line, string Text, string Key, Composition Composition, string[] Fields);

/// <summary>A row of a table that cannot be used, or a cell of it.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Finding">Why.</param>
public readonly record struct RefusedRow(int Line, Finding Finding);
