namespace CrystalHpc.BondValence.Equations;

/// <summary>That accepted structures become bond-valence equations; there is nothing more to choose.</summary>
public sealed record EquationOptions;
