using System.Globalization;

namespace CrystalHpc.Chaos;

/// <summary>
/// Does to jobs what happens to jobs: a rank is killed, a signal comes, the disk is full, a file is torn or a bit flips; at a random time,
/// several times over, under mpirun of Open MPI and MPICH and as threads. Each job is then left to end, and its tables must be those of a
/// job that was left alone.
/// <code>
/// CrystalHpc.Chaos [--runs N] [--faults N] [--trainings N] [--seed S] [--corpus PATH] [--config CONFIG]
/// </code>
/// Then single calls of jobs fail, such as the 17th write or fsync, once in each of so many jobs as --faults says; that needs a C compiler.
/// With --trainings, ranks of so many trainings of a lattice model are killed.
/// Run N of a seed always does the same, but for what time does. Needs mpirun.openmpi and mpirun.mpich; a full disk needs the right to
/// mount.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        int runs = 50, faults = 0, trainings = 0, seed = 1;
        string? corpus = null, configuration = null;
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--runs": runs = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--faults": faults = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--trainings": trainings = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
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
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"undisturbed: {laboratory.Seconds:0.0} s, {laboratory.Tables.Count} tables"));
            int failed = 0;
            for (int run = 0; run < runs; run++)
            {
                var experiment = new Experiment(laboratory, Path.Combine(folder, $"run-{run}"), seed * 1000 + run);
                string? problem = experiment.Run((Kind)(run % Enum.GetValues<Kind>().Length));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run,3}  {experiment.Story}  {problem ?? "same tables"}"));
                failed += problem is null ? 0 : 1;
            }

            failed += trainings > 0 ? Train(folder, trainings, seed) : 0;
            failed += faults > 0 ? Inject(laboratory, folder, faults, seed) : 0;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs + trainings + faults - failed} passed, {failed} failed"));
            return failed == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Train(string folder, int trainings, int seed)
    {
        var laboratory = Laboratory.OfTraining(Directory.CreateDirectory(Path.Combine(folder, "training")).FullName);
        int failed = 0;
        for (int i = 0; i < trainings; i++)
        {
            var experiment = new Experiment(laboratory, Path.Combine(folder, $"training-{i}"), seed * 1000 + i);
            string? problem = experiment.Run(i % 2 == 0 ? Kind.KillUnderOpenMpi : Kind.KillUnderMpich);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i,3}  {experiment.Story}  {problem ?? "same model"}"));
            failed += problem is null ? 0 : 1;
        }

        return failed;
    }

    private static int Inject(Laboratory laboratory, string folder, int faults, int seed)
    {
        if (FaultInjector.Compile(folder, out string reason) is not { } injector)
            throw new InvalidOperationException($"no faults: {reason}");
        var injection = new Injection(laboratory, injector, Path.Combine(folder, "counted"));
        Console.WriteLine($"calls: {injection.Counts}");
        int failed = 0;
        for (int i = 0; i < faults; i++)
        {
            string run = Path.Combine(folder, $"fault-{i}");
            string? problem = injection.Run(run, seed * 1000 + i, out string story);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i,3}  {story}  {problem ?? "as it should be"}"));
            failed += problem is null ? 0 : 1;
            if (Directory.Exists(run))
                Directory.Delete(run, recursive: true);
        }

        return failed;
    }
}
