using System.IO.Compression;
using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// Reading the formulas of the largest table beside the repository on one core, alone and with the key that tables are split by.
/// </summary>
internal static class FormulaReading
{
    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        string path = Path.Combine(Machine.RepositoryRoot(), "..", "shared", "datasets", "matbench-spacegroup", "sg_all.csv.gz");
        if (!File.Exists(path))
        {
            Console.WriteLine("no tables beside the repository");
            return [];
        }

        string[] formulas = Formulas(path);
        Contest contest = new($"formulas of {formulas.Average(formula => formula.Length):0.0} characters in the mean", formulas.Length,
            "formulas");
        contest.Add("read", Timing.Processor(() => ReadAll(formulas, formula => formula.ReducedCounts.Count)));
        contest.Add("read, reduced formula", Timing.Processor(() => ReadAll(formulas, formula => formula.Reduced.Length)));
        contest.Add("read, key of the split", Timing.Processor(() => ReadAll(formulas, formula => formula.ReducedKey.Length)));
        return contest.Run(args, 5);
    }

    private static string[] Formulas(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        var formulas = new List<string>();
        while (reader.ReadLine() is { } line)
            formulas.Add(line[..line.IndexOf(',', StringComparison.Ordinal)]);
        return [.. formulas];
    }

    private static void ReadAll(string[] formulas, Func<Formula, int> use)
    {
        long sum = 0;
        foreach (string text in formulas)
            sum += Formula.TryParse(text, out Formula? formula, out _) ? use(formula) : throw new InvalidOperationException(
                $"{text} is refused");
        GC.KeepAlive(sum);
    }
}
