namespace CrystalHpc.Core.Cif;

/// <summary>Where the values of a tag are.</summary>
/// <param name="Value">Index of its single value; unused in a loop.</param>
/// <param name="Loop">Index of its loop; -1 outside of loops.</param>
internal readonly record struct CifTagPlace(int Value, int Loop);
