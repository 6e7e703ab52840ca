namespace CrystalHpc.BondValence.Equations;

/// <summary>What shares a pair of bond-valence parameters.</summary>
public enum KeyMode
{
    /// <summary>Bonds between the same species: Fe2+ and Fe3+ have parameters of their own.</summary>
    Species,

    /// <summary>
    /// Bonds between the same elements, whatever their oxidation states; keys carry charge 0. For comparison with older studies.
    /// </summary>
    Elements,
}
