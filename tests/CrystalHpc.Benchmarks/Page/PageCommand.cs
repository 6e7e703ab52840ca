using System.Diagnostics;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// <c>page [NAME [WORD ...]]</c>: runs the benchmarks that docs/performance.md has figures of, each in a process of its own, and writes
/// what they print into the page; with words only those blocks whose comments begin with them. The page is written after each benchmark.
/// </summary>
internal static class PageCommand
{
    /// <summary>Exit code 0, or 1 when a benchmark failed or no block is of that name; the figures of such a block stay.</summary>
    public static int Run(string[] words)
    {
        string path = Path.Combine(Machine.RepositoryRoot(), "docs", "performance.md");
        string[] lines = File.ReadAllLines(path);
        int count = FigureBlock.Of(lines).Count, renewed = 0, failed = 0;
        for (int i = 0; i < count; i++)
        {
            FigureBlock block = FigureBlock.Of(lines)[i];
            if (!block.Words.AsSpan().StartsWith(words))
                continue;
            var clock = Stopwatch.StartNew();
            Console.Write($"{string.Join(' ', block.Words)} ... ");
            if (Output(block.Words) is { } output)
            {
                lines = block.Replace(lines, output);
                File.WriteAllText(path, string.Join('\n', lines) + "\n");
                renewed++;
            }
            else
            {
                failed++;
            }

            Console.WriteLine($"{clock.Elapsed.TotalSeconds:0} s");
        }

        if (renewed + failed == 0)
            Console.Error.WriteLine($"no block of {path} begins with: {string.Join(' ', words)}");
        return renewed > 0 && failed == 0 ? 0 : 1;
    }

    private static string? Output(string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(PageCommand).Assembly.Location, .. words])
        {
            RedirectStandardOutput = true,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : null;
    }
}
