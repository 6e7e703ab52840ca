using System.Diagnostics;
using System.Globalization;

namespace CrystalHpc.Chaos;

/// <summary>One run directory, disturbed one to three times and then left to end.</summary>
internal sealed class Experiment(Laboratory laboratory, string run, int seed)
{
    private const int Stopped = 75;
    private const int Unusable = 4;
    private readonly Random _random = new(seed);
    private readonly List<string> _story = [];

    /// <summary>What was done, for people.</summary>
    public string Story => string.Join("; ", _story);

    /// <summary>Does it all; null when the tables are as they should be, else what is wrong.</summary>
    public string? Run(Kind kind)
    {
        try
        {
            int times = _random.Next(1, 4);
            for (int i = 0; i < times; i++)
            {
                if (Disturb(kind) is { } problem)
                    return problem;
            }

            Launch last = _random.Next(3) switch
            {
                0 => Launch.Under("mpirun.openmpi", _random.Next(1, 4)),
                1 => Launch.Under("mpirun.mpich", _random.Next(1, 4)),
                _ => Launch.Threads(_random.Next(1, 4)),
            };
            _story.Add($"then {last.Name}");
            Outcome outcome = laboratory.Start(last, run).Wait();
            return outcome.ExitCode != 0 || outcome.WasHanging ? $"DID NOT END WELL: {outcome}" : laboratory.Compare(run);
        }
        finally
        {
            if (kind == Kind.FullDisk)
                Tool("umount", run);
        }
    }

    private string? Disturb(Kind kind) => kind switch
    {
        Kind.KillUnderOpenMpi => Signal(Launch.Under("mpirun.openmpi", _random.Next(2, 5)), "KILL", null),
        Kind.KillUnderMpich => Signal(Launch.Under("mpirun.mpich", _random.Next(2, 5)), "KILL", null),
        Kind.StopUnderOpenMpi => Signal(Launch.Under("mpirun.openmpi", _random.Next(2, 5)), "USR1", Stopped),
        Kind.StopUnderMpich => Signal(Launch.Under("mpirun.mpich", _random.Next(2, 5)), "USR1", Stopped),
        Kind.Interrupt => Signal(Launch.Threads(_random.Next(1, 4)), "INT", Stopped),
        Kind.FileLimit => Expect(Launch.WithFileLimit(_random.Next(4, 300), _random.Next(1, 4)), "File too large"),
        Kind.FullDisk => FillDisk(),
        _ => Damage(),
    };

    // A signal before the handlers are there ends the job as signals do; one after the last step comes too late.
    private string? Signal(Launch launch, string signal, int? exitCode)
    {
        RunningJob job = laboratory.Start(launch, run);
        var clock = Stopwatch.StartNew();
        double wait = 0.2 + 1.5 * laboratory.Seconds * _random.NextDouble();
        while (clock.Elapsed.TotalSeconds < wait && !job.HasEnded)
            Thread.Sleep(5);
        IReadOnlyList<int> ranks = job.Ranks();
        bool isInTime = ranks.Count > 0 && !job.HasEnded;
        if (isInTime)
            RunningJob.Signal(signal, ranks[_random.Next(ranks.Count)]);
        string when = isInTime ? string.Create(CultureInfo.InvariantCulture, $"after {clock.Elapsed.TotalSeconds:0.0} s") : "too late";
        Outcome outcome = job.Wait();
        _story.Add($"{signal} to a rank of {launch.Name} {when}: {outcome.ExitCode}");
        if (outcome.WasHanging)
            return $"HUNG: {outcome}";
        bool isEarly = wait < 1.5;
        return exitCode is null || outcome.ExitCode == 0 || outcome.ExitCode == exitCode || isEarly ? null : $"WRONG EXIT CODE: {outcome}";
    }

    private string? Expect(Launch launch, string message)
    {
        Outcome outcome = laboratory.Start(launch, run).Wait();
        _story.Add($"{launch.Name}: {outcome.ExitCode}");
        return outcome.ExitCode == 0 ? null
            : outcome.ExitCode == Unusable && outcome.Errors.Contains(message, StringComparison.Ordinal)
                && outcome.Errors.Contains(run, StringComparison.Ordinal) ? null
            : $"NOT CLEAR: {outcome}";
    }

    // A disk in memory, too small at first; without the right to mount one a file limit has to do.
    private string? FillDisk()
    {
        Directory.CreateDirectory(run);
        int kilobytes = _random.Next(40, 1500);
        string size = $"size={kilobytes}k";
        bool isMounted = Tool("mountpoint", "-q", run) || Tool("mount", "-t", "tmpfs", "-o", size, "tmpfs", run);
        if (!isMounted)
            return Expect(Launch.WithFileLimit(_random.Next(4, 300), 2), "File too large");
        string? problem = Expect(Launch.Threads(_random.Next(1, 4)) with { Name = $"disk of {kilobytes} kB" }, "No space left on device");
        Tool("mount", "-o", "remount,size=100m", run);
        return problem;
    }

    private string? Damage()
    {
        if (!Directory.Exists(run))
        {
            Outcome first = laboratory.Start(Launch.Threads(2), run).Wait();
            if (first.ExitCode != 0)
                return $"DID NOT END WELL: {first}";
        }

        string[] files = [.. Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith("run.json", StringComparison.Ordinal) && !path.EndsWith("manifest.csv", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            string path = files[_random.Next(files.Length)];
            byte[] bytes = File.ReadAllBytes(path);
            bool isCut = _random.Next(2) == 0 || bytes.Length == 0;
            if (isCut)
                Array.Resize(ref bytes, _random.Next(bytes.Length));
            else
                bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
            File.WriteAllBytes(path, bytes);
            _story.Add($"{Path.GetRelativePath(run, path)} {(isCut ? "cut short" : "with a flipped bit")}");
        }

        return null;
    }

    private static bool Tool(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) {
            RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
