using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CrystalHpc.Engine.Jobs;

/// <summary>
/// A process among all that may work on a shared file system. The time of its start tells it from a later one of the same number.
/// </summary>
/// <param name="Host">The machine.</param>
/// <param name="Process">Number of the process there.</param>
/// <param name="Started">When it was started, in a unit of the machine.</param>
public sealed partial record ProcessIdentity(string Host, int Process, long Started)
{
    // The 22nd field of /proc/PID/stat (proc_pid_stat(5)) counts from the third, which follows the name in parentheses.
    private const int StateField = 0;
    private const int StartField = 19;

    /// <summary>This process.</summary>
    public static ProcessIdentity Own { get; } = new(
        Unsafe().Replace(Environment.MachineName, "_"), Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0);

    /// <summary>Part of a file name that no other process uses: <c>crystalhpc-HOST-PROCESS-STARTED</c>.</summary>
    [JsonIgnore]
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"crystalhpc-{Host}-{Process}-{Started}");

    /// <summary>True when the process is on this machine and has ended.</summary>
    [JsonIgnore]
    public bool IsGone => Host == Own.Host && StartOf(Process) != Started;

    /// <summary>The process that a <see cref="FileName"/> names; null where there is none.</summary>
    public static ProcessIdentity? Find(string text)
    {
        Match match = InFileName().Match(text);
        return match.Success && int.TryParse(match.Groups[2].ValueSpan, out int process)
            && long.TryParse(match.Groups[3].ValueSpan, out long started)
            ? new ProcessIdentity(match.Groups[1].Value, process, started)
            : null;
    }

    // Null: there is no such process, or nothing is left of it but the entry that waits for its parent.
    private static long? StartOf(int process)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
                return System.Diagnostics.Process.GetProcessById(process).StartTime.ToFileTimeUtc();
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[StateField] is "Z" or "X" ? null : long.Parse(fields[StartField], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex("[^A-Za-z0-9._]")]
    private static partial Regex Unsafe();

    [GeneratedRegex(@"crystalhpc-([A-Za-z0-9._]+)-([0-9]+)-([0-9]+)")]
    private static partial Regex InFileName();
}
