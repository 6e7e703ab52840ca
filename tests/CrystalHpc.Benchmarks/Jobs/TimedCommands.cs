using System.Globalization;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// Runs the commands of a list in the folder Commands one after another and prints seconds, processor seconds of all processes and peak
/// memory of the largest. A line of a list is <c>what it is | amount of work and unit | command</c>; the amount may be empty, and with
/// <c>prepare</c> as its first field a line is run and not shown. <c>crystalhpc</c> is this build, <c>$CONFIGS</c>, <c>$MODELS</c>,
/// <c>$SHARED</c> and <c>$PEERS</c> are folders, and the working folder is a new one.
/// </summary>
internal static class TimedCommands
{
    private static string ListFolder => Path.Combine(Machine.RepositoryRoot(), "tests", "CrystalHpc.Benchmarks", "Commands");

    public static void Run(string[] args)
    {
        string list = args.Length == 0 ? "" : Path.Combine(ListFolder, args[0] + ".txt");
        if (!File.Exists(list))
        {
            Console.WriteLine("commands NAME: one of "
                + string.Join(", ", Directory.GetFiles(ListFolder, "*.txt").Select(Path.GetFileNameWithoutExtension).Order()));
            return;
        }

        string folder = Directory.CreateTempSubdirectory("crystalhpc-commands-").FullName;
        using PythonPeer? shell = PythonPeer.TryStart(args, "timed_command.py", folder);
        if (shell is null)
            return;
        try
        {
            Console.WriteLine($"{"",-56}{"seconds",10}{"processor s",13}{"peak MB",9}");
            foreach (string[] fields in File.ReadLines(list).Where(line => line.Length > 0 && line[0] != '#').Select(Fields))
                Measure(shell, folder, fields[0], fields[1], fields[2]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(PythonPeer shell, string folder, string what, string work, string command)
    {
        double[] answer = shell.Ask(Settings() + command);
        (double seconds, double processor, double peak, double exitCode) = (answer[0], answer[1], answer[2], answer[3]);
        if (exitCode != 0)
            throw new InvalidOperationException($"{command} ended with {exitCode}: {File.ReadAllText(Path.Combine(folder, "output"))}");
        if (what == "prepare")
            return;
        string rate = work.Split(' ', 2) is not [var amount, var unit] ? "" : string.Create(
            CultureInfo.InvariantCulture, $"{double.Parse(amount, CultureInfo.InvariantCulture) / seconds,13:#,0} {unit}/s");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-54}{seconds,10:0.0}{processor,13:0.0}{peak,9:0}{rate}"));
    }

    private static string[] Fields(string line) => line.Split('|', 3, StringSplitOptions.TrimEntries) is { Length: 3 } fields ? fields
        : throw new InvalidOperationException($"what | amount unit | command is wanted: {line}");

    private static string Settings()
    {
        string root = Machine.RepositoryRoot(), program = Path.Combine(root, "src", "CrystalHpc", "bin", "Release", "net10.0");
        return $"export PATH='{program}':\"$PATH\" CONFIGS='{root}/configs' MODELS='{root}/models' SHARED='{root}/../shared' "
            + $"PEERS='{NativePeer.PathOf("")}' OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 TERM=dumb; ";
    }
}
