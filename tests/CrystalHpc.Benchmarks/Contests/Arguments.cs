using System.Globalization;

namespace CrystalHpc.Benchmarks;

/// <summary>The few options that the benchmarks share.</summary>
internal static class Arguments
{
    /// <summary>The value after an option, or null.</summary>
    public static string? Find(string[] args, string option)
    {
        int index = Array.IndexOf(args, option);
        return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
    }

    /// <summary>The whole number after an option, or the default.</summary>
    public static int Number(string[] args, string option, int otherwise) =>
        Find(args, option) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Whether a contest is to run: its title holds the text after <c>--only</c>, or there is no such option.</summary>
    public static bool Wants(string[] args, string title) =>
        Find(args, "--only") is not { } text || title.Contains(text, StringComparison.Ordinal);
}
