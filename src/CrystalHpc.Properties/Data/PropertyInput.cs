namespace CrystalHpc.Properties.Data;

/// <summary>What a model sees of a crystal.</summary>
public enum PropertyInput
{
    /// <summary>Its structure.</summary>
    Structure,

    /// <summary>Its formula alone.</summary>
    Formula,
}
