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
}
