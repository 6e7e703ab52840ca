namespace CrystalHpc.Core.Findings;

/// <summary>One thing noticed in one file: bad input is data, so readers and rules return these and never throw.</summary>
/// <param name="Code">Kind of finding.</param>
/// <param name="Line">Line in the file, from 1; 0 when the finding has no place.</param>
/// <param name="Column">Byte column in the line, from 1; 0 when the finding has no place.</param>
/// <param name="Message">What was found, for people, with the values concerned; one line.</param>
public readonly record struct Finding(FindingCode Code, int Line, int Column, string Message)
{
    /// <summary>A finding about the file as a whole or about what was derived from it.</summary>
    public Finding(FindingCode code, string message)
        : this(code, 0, 0, message)
    {
    }
}
