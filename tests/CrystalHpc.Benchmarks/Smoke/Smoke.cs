using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// <c>smoke [--record]</c>: measures kernels of all systems against their peers in short contests, and compares the ratios with those of
/// records.csv. A kernel that seems to fall is measured a second time before it is named. <c>--record</c> writes the ratios instead, the
/// lower of two measurements.
/// </summary>
internal static class Smoke
{
    private const int Passed = 0, Fell = 1, NothingRun = 2;

    private static readonly string[][] Contests =
    [
        ["cif", "--only", "COD, read", "--rounds", "7"],
        ["coordination", "--only", "neighbors within", "--files", "15", "--rounds", "3"],
        ["symmetry", "--only", "space groups", "--structures", "100", "--rounds", "5"],
        ["fit", "--only", "value and gradient", "--bonds", "1000000", "--rounds", "7"],
        ["matrix", "--only", "512 x 256 x 400", "--rounds", "7"],
        ["network", "--shard", "128", "--rounds", "3"],
        ["formulas", "--only", "features", "--formulas", "20000", "--rounds", "5"],
        ["potential-gradient", "--frames", "100", "--rounds", "5"],
        ["property", "--rounds", "5"],
        ["convolution", "--only", "16 to 16", "--rounds", "5"],
    ];

    private static string Path => System.IO.Path.Combine(
        Machine.RepositoryRoot(), "tests", "CrystalHpc.Benchmarks", "Smoke", "records.csv");

    /// <summary>
    /// Exit code 0; 1 when a kernel fell below two thirds of its record; 2 when no peer could be run. Other options are passed on.
    /// </summary>
    public static int Run(string[] args)
    {
        KernelRecord[] records = File.Exists(Path) ? [.. Csv.Read<KernelRecord>(Path)] : [];
        bool isRecording = args.Contains("--record");
        var measured = new List<KernelRecord>();
        var fallen = new List<string>();
        foreach (string[] contest in Contests)
        {
            long start = Stopwatch.GetTimestamp();
            string[] words = [.. contest, .. args];
            List<KernelRecord> now = Measure(words);
            if (!isRecording && now.Exists(row => Find(records, row)?.Falls(row.Ratio) == true))
                now = [.. now.Zip(Measure(words), (first, second) => first.Ratio > second.Ratio ? first : second)];
            if (isRecording)
                now = [.. now.Zip(Measure(words), (first, second) => first.Ratio < second.Ratio ? first : second)];
            measured.AddRange(now);
            Console.WriteLine(FormattableString.Invariant($"{contest[0]}, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
            foreach (KernelRecord row in now)
            {
                KernelRecord? record = Find(records, row);
                bool falls = !isRecording && record?.Falls(row.Ratio) == true;
                if (falls)
                    fallen.Add(row.Kernel);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {(falls ? "FELL" : "ok"),-8}{row.Ratio,8:0.00}, on record {record?.Ratio,7:0.00}  {row.Peer,-29}  {row.Kernel}"));
            }
        }

        KernelRecord[] skipped = [.. records.Where(record => Find(measured, record) is null)];
        foreach (KernelRecord record in skipped)
            Console.WriteLine(FormattableString.Invariant(
                $"  skipped           on record {record.Ratio,7:0.00}  {record.Peer,-29}  {record.Kernel}"));
        if (isRecording)
            Csv.Write(Path, measured.Concat(skipped));
        if (fallen.Count > 0)
            Console.Error.WriteLine($"below two thirds of the record: {string.Join("; ", fallen)}");
        return measured.Count == 0 ? NothingRun : fallen.Count > 0 ? Fell : Passed;
    }

    private static KernelRecord? Find(IEnumerable<KernelRecord> records, KernelRecord row)
        => records.FirstOrDefault(record => record.Kernel == row.Kernel && record.Peer == row.Peer);

    // What a benchmark prints is for its own runs; here only why a peer is left out.
    private static List<KernelRecord> Measure(string[] words)
    {
        TextWriter console = Console.Out;
        using var printed = new StringWriter();
        IReadOnlyList<ContestResult> results;
        Console.SetOut(printed);
        try
        {
            results = Benchmark.Find(words[0])!.Run(words[1..]);
        }
        finally
        {
            Console.SetOut(console);
        }

        foreach (string line in printed.ToString().Split('\n').Where(IsReason))
            Console.WriteLine(line);
        string place = $"{DateTime.UtcNow:yyyy-MM-dd} {MachineReport.Processor}";
        return
        [
            .. from result in results
               from contestant in Enumerable.Range(0, result.Contestants.Count)
               where result.Contestants[contestant].IsPeer
               select new KernelRecord(
                   $"{words[0]}: {result.Title}", result.Contestants[contestant].Name, Math.Round(result.Ratio(contestant), 3), place),
        ];
    }

    private static bool IsReason(string line) => line.Contains("contestant is left out", StringComparison.Ordinal)
        || line.Contains("missing", StringComparison.Ordinal) || line.StartsWith("no tables", StringComparison.Ordinal);
}
