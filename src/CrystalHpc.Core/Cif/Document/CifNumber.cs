namespace CrystalHpc.Core.Cif;

/// <summary>A number of a CIF file: <c>1.234(5)</c> is 1.234 with standard uncertainty 0.005.</summary>
/// <param name="Value">The value.</param>
/// <param name="StandardUncertainty">Standard uncertainty in the unit of the value; NaN when none is given.</param>
/// <param name="DecimalPlaces">Digits written after the decimal point (0 when none): tells how finely a coordinate was given.</param>
public readonly record struct CifNumber(double Value, double StandardUncertainty, int DecimalPlaces);
