using System.Globalization;

namespace CrystalHpc.Fuzz;

/// <summary>What to run.</summary>
internal sealed record FuzzOptions
{
    public long Count { get; init; } = 10_000;

    public int Seed { get; init; } = 1;

    public long First { get; init; }

    public MutatorKind Mutator { get; init; } = MutatorKind.Bytes;

    public int Threads { get; init; } = 1;

    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(2);

    public string Failures { get; init; } = "fuzz-failures";

    public IReadOnlyList<string> Corpus { get; init; } = SeedFiles.DefaultCorpus();

    public static FuzzOptions Parse(string[] args)
    {
        FuzzOptions options = new();
        for (int i = 0; i < args.Length;)
        {
            string name = args[i++];
            int end = i;
            while (end < args.Length && !args[end].StartsWith("--", StringComparison.Ordinal))
                end++;
            string[] values = args[i..end];
            i = end;
            options = name switch
            {
                "--count" => options with { Count = Number(name, values, 1) },
                "--seed" => options with { Seed = (int)Number(name, values, 0) },
                "--first" => options with { First = Number(name, values, 0) },
                "--mutator" when values.Length == 1 && Enum.TryParse(values[0], ignoreCase: true, out MutatorKind kind)
                => options with { Mutator = kind },
                "--threads" => options with { Threads = (int)Number(name, values, 1) },
                "--limit" => options with { Limit = TimeSpan.FromSeconds(Number(name, values, 1)) },
                "--failures" when values.Length == 1 => options with { Failures = values[0] },
                "--corpus" when values.Length > 0 => options with { Corpus = values },
                _ => throw new ArgumentException($"cannot understand {name} {string.Join(' ', values)}"),
            };
        }

        return options;
    }

    private static long Number(string name, string[] values, int minimum) =>
        values.Length == 1 && int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= minimum
            ? value
            : throw new ArgumentException($"{name} needs one whole number from {minimum} on");
}
