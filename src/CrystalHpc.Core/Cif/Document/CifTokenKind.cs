namespace CrystalHpc.Core.Cif;

/// <summary>How a value was written.</summary>
internal enum CifTokenKind
{
    /// <summary>Without delimiters.</summary>
    Bare,

    /// <summary>An unquoted <c>?</c> or <c>.</c>.</summary>
    Missing,

    /// <summary>Between single or double quotes.</summary>
    Quoted,

    /// <summary>Between semicolons at line starts.</summary>
    TextField,

    /// <summary>Not written at all: the reader filled a gap with an unknown value.</summary>
    Absent,

    /// <summary>Between three single or three double quotes (CIF 2.0).</summary>
    TripleQuoted,

    /// <summary>A list or table with its brackets (CIF 2.0).</summary>
    Container,

    /// <summary>Not one value but a stretch of words without delimiters, which are told apart when somebody asks for the loop.</summary>
    PlainWords,
}
