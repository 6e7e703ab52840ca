namespace CrystalHpc.Core.Findings;

/// <summary>One thing noticed in one file: bad input is data, so readers and rules return these and never throw.</summary>
/// <param name="Code">Kind of finding.</param>
/// <param name="Line">Line in the file, from 1; 0 when the finding has no place.</param>
/// <param name="Column">Byte column in the line, from 1; 0 when the finding has no place.</param>
/// <param name="Message">What was found, for people, with the values concerned; made one line of bounded length.</param>
public readonly record struct Finding(FindingCode Code, int Line, int Column, string Message)
{
    private const int MaxMessageLength = 300;

    /// <summary>A finding about the file as a whole or about what was derived from it.</summary>
    public Finding(FindingCode code, string message)
        : this(code, 0, 0, message)
    {
    }

    /// <summary>What was found, for people: one line of at most 300 characters, whatever the values that it quotes.</summary>
    public string Message { get; init; } = ToLine(Message);

    private static string ToLine(string message)
    {
        string line = PlainText.IsPlain(message) ? message : PlainText.Of(Spaced(message));
        return line.Length > MaxMessageLength
            ? $"{line.AsSpan(0, MaxMessageLength - (char.IsHighSurrogate(line[MaxMessageLength - 4]) ? 4 : 3))}..." : line;
    }

    private static string Spaced(string message) => message.Replace('\t', ' ').ReplaceLineEndings(" ");
}
