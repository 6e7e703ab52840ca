using System.Globalization;

namespace CrystalHpc.Fuzz;

/// <summary>
/// Damages real CIF files in every way that comes to mind, their bytes or what they say, and sends them through the whole way of the data,
/// from bytes to equations, tables and exported files: nothing may throw, take long, take much memory or contradict itself. Deterministic:
/// input N of a seed is always the same for the same corpus.
/// <code>
/// CrystalHpc.Fuzz [--mutator bytes|grammar] [--count N] [--seed S] [--first N] [--threads N] [--limit SECONDS] [--failures FOLDER]
/// [--corpus PATH...]
/// </code>
/// Failing inputs are saved as FOLDER/seed-S-input-N.cif; <c>--first N --count 1</c> repeats one. The inputs at work when the process
/// dies are in FOLDER/at-work (a 64-bit number for each thread).
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        FuzzOptions options;
        try
        {
            options = FuzzOptions.Parse(args);
        }
        catch (ArgumentException error)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }

        byte[][] seeds = SeedFiles.Load(options.Corpus);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{seeds.Length} files, seed {options.Seed}, inputs {options.First} to {options.First + options.Count - 1}, {options.Threads} "
            + $"threads"));
        if (seeds.Length == 0)
            return 2;

        FuzzResult result = new FuzzRun(options, seeds, Console.Out).Run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Structures} structures read, {result.Accepted} accepted, slowest input {result.SlowestSeconds:F2} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Passed} passed, {result.Failed} failed"));
        return result.Failed == 0 ? 0 : 1;
    }
}
