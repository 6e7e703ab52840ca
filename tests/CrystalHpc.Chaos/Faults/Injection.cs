using System.Globalization;

namespace CrystalHpc.Chaos;

/// <summary>
/// A job in which a call of the C library fails. It ends with the tables of the undisturbed job, or says clearly what failed, with the exit
/// code for a run directory that cannot be used; started again without the fault it ends with those tables.
/// </summary>
internal sealed class Injection
{
    private const int Unusable = 4;

    // Linux: EIO, EACCES, EMFILE, ENOSPC, EDQUOT.
    private const int InputOutput = 5;
    private const int Denied = 13;
    private const int TooManyOpen = 24;
    private const int NoSpace = 28;
    private const int OverQuota = 122;

    private static readonly (string Call, int[] Errors, bool MayLast)[] Kinds =
    [
        ("open", [InputOutput, TooManyOpen], false),
        ("read", [InputOutput], false),
        ("write", [InputOutput, NoSpace, OverQuota], true),
        ("fsync", [InputOutput, NoSpace, OverQuota], true),
        ("close", [InputOutput, NoSpace, OverQuota], true),
        ("rename", [InputOutput, NoSpace, Denied], true),
        ("mkdir", [InputOutput, NoSpace, Denied], true),
        ("unlink", [InputOutput, Denied], true),
    ];

    private readonly Laboratory _laboratory;
    private readonly FaultInjector _injector;
    private readonly Dictionary<string, int> _counts;

    /// <summary>Counts the calls of a job that is left alone.</summary>
    public Injection(Laboratory laboratory, FaultInjector injector, string run)
    {
        (_laboratory, _injector) = (laboratory, injector);
        Outcome outcome = laboratory.Start(injector.Into(Launch.Threads(1), null, run, laboratory.Corpus), run).Wait();
        if (outcome.ExitCode != 0)
            throw new InvalidOperationException($"the counted job ended with {outcome}");
        _counts = injector.Calls().ToDictionary(calls => calls.Key, calls => calls.Count());
    }

    /// <summary>How many calls of each kind there are.</summary>
    public string Counts
        => string.Join(", ", Kinds.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Call} {_counts[kind.Call]}")));

    /// <summary>Lets a call fail; null when all went as it should, else what is wrong.</summary>
    /// <param name="run">Run directory, not there yet.</param>
    /// <param name="seed">Chooses what fails.</param>
    /// <param name="story">What was done, for people.</param>
    public string? Run(string run, int seed, out string story)
    {
        var random = new Random(seed);
        (string call, int[] errors, bool mayLast) = Kinds[seed % Kinds.Length];
        var fault = new Fault(call, random.Next(1, _counts[call] + 1), errors[random.Next(errors.Length)], mayLast && random.Next(2) == 0);
        Launch launch = _injector.Into(Launch.Threads(random.Next(1, 3)), fault, run, _laboratory.Corpus);
        Outcome outcome = _laboratory.Start(launch, run).Wait();
        IReadOnlyList<string> failed = _injector.Failed();
        story = $"{launch.Name} ({(failed.Count == 0 ? "never came" : Path.GetRelativePath(run, failed[0].Split(' ')[2]))}): exit code "
            + $"{outcome.ExitCode}";
        if (outcome.WasHanging)
            return $"HUNG: {outcome}";
        if (outcome.ExitCode == 0)
            return _laboratory.Compare(run) is { } lost ? $"LOST WITH EXIT CODE 0: {lost}" : null;
        if (outcome.ExitCode != Unusable || !outcome.Errors.Contains("crystalhpc: ", StringComparison.Ordinal))
            return $"NOT CLEAR: {outcome}";
        Outcome again = _laboratory.Start(Launch.Threads(1), run).Wait();
        return again.ExitCode != 0 || again.WasHanging ? $"NOT RESUMED AFTER {outcome}: {again}" : _laboratory.Compare(run) is { } other
            ? $"{other} AFTER {outcome}" : null;
    }
}
