using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.Engine.Jobs;

/// <summary>
/// Progress of all ranks as rank 0 shows it: a bar that redraws itself on a terminal, a plain line now and then in a log.
/// </summary>
/// <param name="verb">What is being done, such as <c>extract</c>.</param>
/// <param name="unit">What is counted, such as <c>files</c>.</param>
/// <param name="total">How many there are on all ranks together.</param>
/// <param name="isQuiet">Show nothing.</param>
public sealed class Progress(string verb, string unit, long total, bool isQuiet)
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(20);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly bool _isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
    private TimeSpan _lastShown = -TerminalInterval;

    /// <summary>Shows how many are done, unless that was shown a moment ago; the last time in any case.</summary>
    public void Show(long done, bool isLast)
    {
        TimeSpan now = _clock.Elapsed;
        if (isQuiet || total == 0 || (!isLast && now - _lastShown < (_isTerminal ? TerminalInterval : LogInterval)))
            return;
        if (!isLast && !_isTerminal && _lastShown < TimeSpan.Zero)
        {
            // A log gets its first line after one interval, not at zero.
            _lastShown = now;
            return;
        }

        _lastShown = now;
        string line = Describe(done, now, isLast);
        if (_isTerminal)
            Terminal.Error.Redraw(Fitted(line), isLast);
        else
            Terminal.Error.WriteLine(line);
    }

    // A line that wraps would not be overwritten by the next one.
    private static string Fitted(string line)
    {
        int width = Console.WindowWidth;
        return width > 20 && line.Length >= width ? line[..(width - 1)] : line;
    }

    private string Describe(long done, TimeSpan now, bool isLast)
    {
        double rate = done / Math.Max(now.TotalSeconds, 1e-3);
        string counts = string.Create(CultureInfo.InvariantCulture, $"{verb,-8} {done:N0}/{total:N0} {unit}  {rate:N0} {unit}/s");
        if (isLast)
            return $"{counts}  {Duration(now)}";
        string left = rate > 0 ? Duration(TimeSpan.FromSeconds((total - done) / rate)) : "?";
        int filled = total > 0 ? (int)(20 * done / total) : 0;
        string bar = _isTerminal ? $"  [{new string('#', filled)}{new string('.', 20 - filled)}]" : "";
        return $"{counts}{bar}  {left} left";
    }

    /// <summary>A time span for people: seconds, or minutes and hours where it is longer.</summary>
    internal static string Duration(TimeSpan span) => span.TotalHours >= 1 ? span.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : span.TotalMinutes >= 1 ? span.ToString(@"m\:ss", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s");
}
