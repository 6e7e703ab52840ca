namespace CrystalHpc.Core.Crystals;

/// <summary>What a text says of a temperature or pressure that it names, the weakest first.</summary>
internal enum ConditionRole
{
    /// <summary>It belongs to something else: how the sample was made, a transition, superconductivity.</summary>
    Other,

    /// <summary>Far from room conditions, without a number: <c>at high pressure</c>.</summary>
    Extreme,

    /// <summary>One end of a range, or named without saying of what: <c>to 8 GPa</c>, <c>between 4 and 600 K</c>.</summary>
    Range,

    /// <summary>The measurement was made <c>at</c> it.</summary>
    At,

    /// <summary>Stated like an equation: <c>T = 25 C</c>.</summary>
    Stated,
}

/// <summary>A temperature or pressure that a text names.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Value">K or kPa; null where the text states one that cannot be read.</param>
/// <param name="Role">What the text says of it.</param>
/// <param name="IsNote">True in a note, false in the title of the article.</param>
/// <param name="Text">As written.</param>
internal readonly record struct ConditionMention(ConditionKind Kind, ValueRange? Value, ConditionRole Role, bool IsNote, string Text);
