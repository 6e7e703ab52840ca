namespace CrystalHpc.Generation.Data;

/// <summary>
/// The kinds of cubic crystals that are learned. Energies of different sources do not mix: what they share a formula type with has a kind
/// of its own.
/// </summary>
public enum CellClass
{
    /// <summary>Cells of five atoms with displaced anions, the Perov-5 set.</summary>
    Perovskite,

    /// <summary>Full Heusler compounds, Fm-3m.</summary>
    L21,

    /// <summary>Inverse Heusler compounds, F-43m.</summary>
    XA,

    /// <summary>Other cubic compounds of two elements, 1:1.</summary>
    AB,

    /// <summary>Other cubic compounds of three elements, 1:1:3.</summary>
    ABX3,

    /// <summary>Other cubic compounds of three elements, 1:1:2.</summary>
    X2YZ,
}
