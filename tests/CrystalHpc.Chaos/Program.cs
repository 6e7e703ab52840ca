using System.Globalization;

namespace CrystalHpc.Chaos;

/// <summary>
/// Does to jobs what happens to jobs: a rank is killed, a signal comes, the disk is full, a file is torn or a bit flips; at a random time,
/// several times over, under mpirun of Open MPI and MPICH and as threads. Each job is then left to end, and its tables must be those of a
/// job that was left alone.
/// <code>
/// CrystalHpc.Chaos [--runs N] [--seed S] [--corpus PATH] [--config CONFIG]
/// </code>
/// Run N of a seed always does the same, but for what time does. Needs mpirun.openmpi and mpirun.mpich; a full disk needs the right to mount.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        int runs = 50, seed = 1;
        string? corpus = null, configuration = null;
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--runs": runs = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--seed": seed = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--corpus": corpus = Path.GetFullPath(args[i + 1]); break;
                case "--config": configuration = Path.GetFullPath(args[i + 1]); break;
                default:
                    Console.Error.WriteLine($"cannot understand {args[i]}");
                    return 2;
            }
        }

        string folder = Directory.CreateTempSubdirectory("crystalhpc-chaos-").FullName;
        try
        {
            var laboratory = new Laboratory(folder, configuration ?? Laboratory.Quickstart, corpus);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"undisturbed: {laboratory.Seconds:0.0} s, {laboratory.Tables.Count} tables"));
            int failed = 0;
            for (int run = 0; run < runs; run++)
            {
                var experiment = new Experiment(laboratory, Path.Combine(folder, $"run-{run}"), seed * 1000 + run);
                string? problem = experiment.Run((Kind)(run % Enum.GetValues<Kind>().Length));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run,3}  {experiment.Story}  {problem ?? "same tables"}"));
                failed += problem is null ? 0 : 1;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs - failed} passed, {failed} failed"));
            return failed == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
