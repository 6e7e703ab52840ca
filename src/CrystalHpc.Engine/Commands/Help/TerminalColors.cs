namespace CrystalHpc.Engine.Commands;

/// <summary>Colors of the text on standard output: only on a terminal, never where NO_COLOR is set or TERM is dumb.</summary>
public static class TerminalColors
{
    private static readonly bool IsOn = !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>What is as it should be.</summary>
    public static string Good(string text) => Paint(text, 32);

    /// <summary>What is wrong.</summary>
    public static string Bad(string text) => Paint(text, 31);

    /// <summary>What deserves a look.</summary>
    public static string Doubtful(string text) => Paint(text, 33);

    /// <summary>Headings.</summary>
    public static string Strong(string text) => Paint(text, 1);

    private static string Paint(string text, int code) => IsOn ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
