namespace CrystalHpc.Core.Formulas;

/// <summary>What a character, or a piece of markup, is to a formula.</summary>
internal enum GlyphKind : byte
{
    /// <summary>Beyond the end of the text.</summary>
    End,

    /// <summary>A capital of the Latin alphabet.</summary>
    Upper,

    /// <summary>A small letter of the Latin alphabet.</summary>
    Lower,

    /// <summary>A digit on the line.</summary>
    Digit,

    /// <summary>A digit below the line.</summary>
    SubscriptDigit,

    /// <summary>A digit above the line.</summary>
    SuperscriptDigit,

    /// <summary>A plus or minus above the line.</summary>
    SuperscriptSign,

    /// <summary>A plus or minus on the line.</summary>
    Sign,

    /// <summary>A letter or sign below or above the line, or a Greek letter: the value of a variable.</summary>
    Variable,

    /// <summary>A fraction in one character, such as one half.</summary>
    Fraction,

    /// <summary>A blank of any width.</summary>
    Space,

    /// <summary>What is not seen: zero-width characters, upright type in LaTeX.</summary>
    Invisible,

    /// <summary>A period: decimal point or separator.</summary>
    Period,

    /// <summary>A comma.</summary>
    Comma,

    /// <summary>A slash: of a fraction.</summary>
    Slash,

    /// <summary>A dot or star between the parts of an adduct.</summary>
    Separator,

    /// <summary>The sign of a cage and its guest.</summary>
    At,

    /// <summary>An opening bracket; the value is the closing one.</summary>
    Open,

    /// <summary>A closing bracket.</summary>
    Close,

    /// <summary>What is below the line follows: one number, or braces.</summary>
    Underscore,

    /// <summary>What is above the line follows: one number or charge, or braces.</summary>
    Caret,

    /// <summary>Below the line begins.</summary>
    SubscriptStart,

    /// <summary>Below the line ends.</summary>
    SubscriptEnd,

    /// <summary>Above the line begins.</summary>
    SuperscriptStart,

    /// <summary>Above the line ends.</summary>
    SuperscriptEnd,

    /// <summary>Markup that is none of formulas.</summary>
    Markup,

    /// <summary>Less, greater, about.</summary>
    Inequality,

    /// <summary>A colon.</summary>
    Colon,

    /// <summary>A percent sign.</summary>
    Percent,

    /// <summary>Anything else.</summary>
    Other,
}
