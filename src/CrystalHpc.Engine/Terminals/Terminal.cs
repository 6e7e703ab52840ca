using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Terminals;

/// <summary>Standard output and standard error of the process: the only way to them.</summary>
public static class Terminal
{
    /// <summary>Results. Colors only on a terminal, never where NO_COLOR is set or TERM is dumb.</summary>
    public static TerminalWriter Out { get; } = new(Console.OpenStandardOutput, Console.OutputEncoding, HasColors);

    /// <summary>Progress, notes, errors.</summary>
    public static TerminalWriter Error { get; } = new(Console.OpenStandardError, Console.OutputEncoding, hasColors: false);

    private static bool HasColors => !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Lets everything that writes to the console go this way, libraries included.</summary>
    public static void TakeConsole()
    {
        Console.SetOut(Out);
        Console.SetError(Error);
    }

    /// <summary>For results that go to standard output and nowhere else: what could not be written there is an error.</summary>
    /// <exception cref="UserException">Something could not be written.</exception>
    public static void RequireOutput()
    {
        if (Out.Failure is { } failure)
            throw UserException.Unusable($"standard output cannot be written: {failure}");
    }
}
