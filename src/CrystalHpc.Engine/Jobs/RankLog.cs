using System.Globalization;

namespace CrystalHpc.Engine.Jobs;

/// <summary>The log of one rank: <c>rank-00017.log</c>, each line with its time, at once in the file.</summary>
internal static class RankLog
{
    public static StreamWriter Open(string folder, int rank)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"rank-{rank:D5}.log"));
        var log = new StreamWriter(path, append: true) { AutoFlush = true };
        Write(log, string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}"));
        return log;
    }

    public static void Write(StreamWriter log, string message) =>
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {message}"));
}
