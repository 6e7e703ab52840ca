using CrystalHpc.Learning.Formulas;

namespace CrystalHpc.Generation.Data;

/// <summary>A crystal of a table.</summary>
/// <param name="Id">What the table calls it.</param>
/// <param name="Class">Its kind.</param>
/// <param name="Key">Reduced formula by which tables are split.</param>
/// <param name="Cell">Its cubic cell.</param>
/// <param name="EnergyPerAtom">Formation energy, eV/atom; NaN where the table has none. Scales differ between kinds.</param>
public sealed record GenerationSample(string Id, CellClass Class, string Key, CubicCell Cell, double EnergyPerAtom)
{
    /// <summary>Its part of the split.</summary>
    public SplitPart Part => FormulaSplit.PartOf(Key);
}
