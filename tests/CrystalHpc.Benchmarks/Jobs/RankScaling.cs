using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// Extraction by one rank and by two under mpirun, in turn, over copies of the sample files: seconds and waiting as the job itself reports
/// them (the start of MPI is not in them). Each rank is bound to one core, as Open MPI does by itself: a rank that is not bound compiles
/// its code on a second one. <c>--program</c> names another build, such as the folder of packaging/publish.sh.
/// </summary>
internal static class RankScaling
{
    public static void Run(string[] args)
    {
        int files = Arguments.Number(args, "--files", 10_000), rounds = Arguments.Number(args, "--rounds", 3);
        string repository = Machine.RepositoryRoot();
        string built = Path.Combine(repository, "src", "CrystalHpc", "bin", "Release", "net10.0", "crystalhpc.dll");
        string[] program = Arguments.Find(args, "--program") is { } named ? [named] : ["dotnet", built];
        string folder = Directory.CreateTempSubdirectory("crystalhpc-ranks-").FullName;
        try
        {
            CorpusScaling.Make(Path.Combine(folder, "cod"), files);
            string run = Path.Combine(folder, "run");
            Start("mpirun.mpich", 1, program, ["index", Path.Combine(repository, "configs", "cod.json"), "--corpus",
                Path.Combine(folder, "cod"), "--run", run]);
            foreach (string launcher in (string[])["mpirun.openmpi", "mpirun.mpich"])
            {
                foreach (string dealing in (string[])["dynamic", "static"])
                    Compare(launcher, dealing, program, run, files, rounds);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(string launcher, string dealing, string[] program, string run, int files, int rounds)
    {
        var ratios = new List<double>();
        double one = double.PositiveInfinity, two = double.PositiveInfinity, idle = double.PositiveInfinity;
        for (int round = 0; round < rounds; round++)
        {
            (double alone, _) = Extract(launcher, 1, dealing, program, run);
            (double together, double waited) = Extract(launcher, 2, dealing, program, run);
            ratios.Add(alone / together);
            (one, two, idle) = (Math.Min(one, alone), Math.Min(two, together), Math.Min(idle, waited));
        }

        double median = ratios.Order().ElementAt(ratios.Count / 2);
        string verdict = dealing == "dynamic" ? $"; {ContestResult.Verdict(median, 1.9)}" : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{launcher,-15} {dealing,-8} {files:N0} files: one rank {one,6:0.00} s, two {two,6:0.00} s at best; "
            + $"{one / two:0.00} times, {median:0.00} in the median; waited {idle:0.0} %{verdict}"));
    }

    private static (double Seconds, double IdlePercent) Extract(string launcher, int ranks, string dealing, string[] program, string run)
    {
        string shards = Path.Combine(run, "shards");
        if (Directory.Exists(shards))
            Directory.Delete(shards, recursive: true);
        Start(launcher, ranks, program, ["extract", run, "--dealing", dealing]);
        JsonNode report = JsonNode.Parse(File.ReadAllBytes(Path.Combine(run, "run.json")))!["stages"]!["extract"]!;
        return ((double)report["seconds"]!, (double)report["idle_percent"]!);
    }

    private static string BindingOf(string launcher) => launcher == "mpirun.mpich" ? "-bind-to" : "--bind-to";

    private static void Start(string launcher, int ranks, string[] program, string[] arguments)
    {
        string count = ranks.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(launcher, ["-n", count, BindingOf(launcher), "core", .. program, .. arguments, "--quiet"]);
        foreach ((string name, string value) in ((string, string)[])[("OMPI_ALLOW_RUN_AS_ROOT", "1"),
            ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"), ("TERM", "dumb")])
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{launcher} ended with {process.ExitCode}");
    }
}
