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
}
