using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;
using CrystalHpc.Potentials;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Training;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// An epoch of the Kalman training of titania by one, two and four ranks. First as threads of this process, derivatives at hand: seconds,
/// and processor seconds of the rank that works most, which is what the epoch takes where every rank has a core. Then the whole command as
/// threads and under mpirun: seconds, and whether all models are the same bytes. <c>--data FOLDER</c> has the structures, <c>shared</c>
/// beside the repository by default.
/// </summary>
internal static class PotentialRanks
{
    private static readonly int[] Ranks = [1, 2, 4];

    public static void Run(string[] args)
    {
        int rounds = Arguments.Number(args, "--rounds", 1);
        TimeThreads(TitaniaFrames.FileIn(args), rounds);
        TimeCommands(rounds);
        Console.WriteLine($"  load at the end {Machine.Load()}");
    }

    private static void TimeThreads(string file, int rounds)
    {
        PotentialOptions options = PotentialOptions.Default with
        {
            References = ["O -432.503149303", "Ti -1604.604515075"], Training = PotentialOptions.Default.Training with { Epochs = 1 },
        };
        FrameData data = FrameData.Read([file], FrameReaderOptions.Default);
        LabelledFrame[] training = [.. data.Frames.Where(frame => frame.Part == SplitPart.Training)];
        var prepared = PotentialTraining.Prepare(options, training, [], training.Length);
        int[] own = [.. Enumerable.Range(0, training.Length)];
        Train(1, out _);
        double[] wall = [.. Ranks.Select(_ => double.PositiveInfinity)], busy = [.. wall];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < Ranks.Length; i++)
            {
                wall[i] = Math.Min(wall[i], Train(Ranks[i], out double most));
                busy[i] = Math.Min(busy[i], most);
            }
        }

        for (int i = 0; i < Ranks.Length; i++)
            Console.WriteLine(FormattableString.Invariant($"  {Name(Ranks[i], "in process"),-24}{wall[i],8:0.0} s; ")
                + FormattableString.Invariant($"busiest rank {busy[i],6:0.00} processor s, {busy[0] / busy[i]:0.00} times less"));

        double Train(int ranks, out double most)
        {
            var seconds = new double[ranks];
            long start = Stopwatch.GetTimestamp();
            ThreadCommunicator.Run(ranks, world =>
            {
                double before = ThreadSeconds();
                PotentialTraining.CreateTrainer(options, prepared, own, [], 0, world, own.Length).Run();
                seconds[world.Rank] = ThreadSeconds() - before;
            });
            most = seconds.Max();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    // Hundredths of a second, user and system, of the calling thread.
    private static double ThreadSeconds()
    {
        string line = File.ReadAllText("/proc/thread-self/stat");
        string[] words = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(words[11], CultureInfo.InvariantCulture) + long.Parse(words[12], CultureInfo.InvariantCulture)) / 100.0;
    }

    private static void TimeCommands(int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("crystalhpc-ranks-").FullName;
        try
        {
            string configuration = Path.Combine(folder, "train.json");
            string titania = Path.Combine(Machine.RepositoryRoot(), "configs", "titania.json");
            File.WriteAllText(configuration, $$"""
                { "extends": "{{titania}}", "potential": { "refit": false, "training": { "epochs": 1 } } }
                """);
            string program = Path.Combine(Machine.RepositoryRoot(), "src", "CrystalHpc", "bin", "Release", "net10.0", "crystalhpc.dll");
            (string Name, string[] Command)[] ways =
            [
                .. Ranks.Select(ranks => (Name(ranks, "as threads"),
                    (string[])["dotnet", program, "potential", "train", configuration, "--threads", Text(ranks)])),
                .. Ranks.Select(ranks => (Name(ranks, "under mpirun"),
                    (string[])["mpirun", "-n", Text(ranks), "--bind-to", ranks <= Environment.ProcessorCount ? "core" : "none",
                        "dotnet", program, "potential", "train", configuration])),
            ];
            double[] least = [.. ways.Select(_ => double.PositiveInfinity)];
            var digests = new HashSet<string>();
            for (int round = 0; round < rounds; round++)
            {
                for (int i = 0; i < ways.Length; i++)
                {
                    string run = Path.Combine(folder, FormattableString.Invariant($"run-{round}-{i}"));
                    least[i] = Math.Min(least[i], Time([.. ways[i].Command, "--run", run]));
                    digests.Add(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(run, "model.safetensors")))));
                }
            }

            for (int i = 0; i < ways.Length; i++)
                Console.WriteLine(FormattableString.Invariant(
                    $"  {ways[i].Name,-24}{least[i],8:0.0} s, whole command; {least[0] / least[i]:0.00} times as fast as 1 thread"));
            Console.WriteLine(digests.Count == 1 ? $"  all models are the same bytes, SHA-256 {digests.Single()}"
                : $"  {digests.Count} different models");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Name(int ranks, string how) => FormattableString.Invariant($"{ranks} {(ranks == 1 ? "rank" : "ranks")} {how}");

    private static double Time(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        (string, string)[] settings =
        [
            ("OMPI_ALLOW_RUN_AS_ROOT", "1"), ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"), ("OMPI_MCA_rmaps_base_oversubscribe", "1"),
            ("TERM", "dumb"),
        ];
        foreach ((string name, string value) in settings)
            start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}");
    }
}
