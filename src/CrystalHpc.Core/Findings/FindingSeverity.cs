namespace CrystalHpc.Core.Findings;

/// <summary>
/// How much a finding matters: a note informs, a warning says that something was repaired or guessed, an error that data were lost.
/// </summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing was changed.</summary>
    Note,

    /// <summary>Something was repaired, ignored or guessed; the result is usable.</summary>
    Warning,

    /// <summary>Something could not be read or is wrong; what depends on it is missing.</summary>
    Error,
}
