namespace CrystalHpc.Engine.Terminals;

/// <summary>Colors of the text on standard output, by their numbers in control sequences (SGR of ECMA-48).</summary>
public enum TextColor
{
    /// <summary>Headings.</summary>
    Strong = 1,

    /// <summary>What is wrong.</summary>
    Bad = 31,

    /// <summary>What is as it should be.</summary>
    Good = 32,

    /// <summary>What deserves a look.</summary>
    Doubtful = 33,
}
