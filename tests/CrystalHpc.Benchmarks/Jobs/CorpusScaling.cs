using System.Diagnostics;
using System.Globalization;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// Index and extraction of corpora of growing size: time and peak memory of the crystalhpc process. The files are those of the sample
/// corpus, over and over under new numbers, in the layout of the Crystallography Open Database.
/// </summary>
internal static class CorpusScaling
{
    private static readonly int[] Sizes = [10_000, 30_000, 100_000];

    public static void Run(string[] args)
    {
        string repository = Machine.RepositoryRoot();
        string folder = Directory.CreateTempSubdirectory("crystalhpc-scaling-").FullName;
        try
        {
            Console.WriteLine("    files   index, s  extract, s   files/s  peak of index, MiB  of extract, MiB");
            foreach (int size in Sizes.Where(size => size <= Arguments.Number(args, "--files", int.MaxValue)))
            {
                Make(Path.Combine(folder, "cod"), size);
                Measure(repository, folder, size);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Makes a corpus of that many files, or adds to it what is missing.</summary>
    public static void Make(string corpus, int files)
    {
        string folder = Path.Combine(Machine.RepositoryRoot(), "samples", "cod");
        string[] samples = [.. Directory.EnumerateFiles(folder, "*.cif", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        for (int number = 0; number < files; number++)
            Copy(samples[number % samples.Length], corpus, number);
    }

    internal static void Copy(string sample, string corpus, int number)
    {
        string id = (1_000_000 + number).ToString(CultureInfo.InvariantCulture);
        string target = Path.Combine(corpus, id[..1], id[1..3], id[3..5]), path = Path.Combine(target, id + ".cif");
        Directory.CreateDirectory(target);
        if (!File.Exists(path))
            File.Copy(sample, path);
    }

    private static void Measure(string repository, string folder, int size)
    {
        string run = Path.Combine(folder, $"run-{size}");
        (double indexSeconds, long indexPeak) = Time(
            repository, "index", Path.Combine(repository, "configs", "cod.json"), "--corpus", Path.Combine(folder, "cod"), "--run", run);
        (double extractSeconds, long extractPeak) = Time(repository, "extract", run);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{size,9:N0} {indexSeconds,10:0.0} {extractSeconds,11:0.0} {size / extractSeconds,9:N0} {indexPeak / 1048576.0,19:0} "
            + $"{extractPeak / 1048576.0,16:0}"));
    }

    private static (double Seconds, long PeakBytes) Time(string repository, params string[] arguments)
    {
        string program = Path.Combine(repository, "src", "CrystalHpc", "bin", "Release", "net10.0", "crystalhpc.dll");
        var clock = Stopwatch.StartNew();
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments, "--threads", "1", "--quiet"]))!;
        long peak = 0;
        while (!process.WaitForExit(20))
            peak = Math.Max(peak, PeakResidentBytes(process.Id));
        return process.ExitCode == 0 ? (clock.Elapsed.TotalSeconds, peak)
            : throw new InvalidOperationException($"crystalhpc ended with {process.ExitCode}");
    }

    private static long PeakResidentBytes(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text
                => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
