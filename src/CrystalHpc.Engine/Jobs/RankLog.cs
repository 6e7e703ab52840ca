using System.Globalization;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Engine.Jobs;

/// <summary>The log of one rank: <c>rank-00017.log</c>, each line with its time, at once in the file.</summary>
internal sealed class RankLog
{
    private readonly StreamWriter _file;

    private RankLog(StreamWriter file) => _file = file;

    /// <summary>Opens the log, with a first line that says where the rank runs.</summary>
    /// <exception cref="IOException">The log cannot be written.</exception>
    public static RankLog Open(string folder, int rank)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"rank-{rank:D5}.log"));
        var log = new RankLog(new StreamWriter(path, append: true) { AutoFlush = true });
        log.Append(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}"));
        return log;
    }

    /// <summary>Writes a line; a log that cannot be written any more does not end the job.</summary>
    /// <returns>Why it could not be written; null when it could.</returns>
    public string? TryWrite(string message)
    {
        try
        {
            Append(message);
            return null;
        }
        catch (IOException fault)
        {
            return fault.Message;
        }
    }

    private void Append(string message) =>
        _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {PlainText.Of(message)}"));
}
