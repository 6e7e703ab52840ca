using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Parallel;

namespace CrystalHpc.Jobs;

/// <summary>
/// Progress of all ranks, shown by rank 0: a bar that redraws itself on a terminal, a plain line now and then in a log. The other ranks
/// send their increments as messages; nobody waits for anybody before <see cref="Finish"/>.
/// </summary>
internal sealed class Progress : IDisposable
{
    private const int Tag = 77;
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(500);

    private readonly Job _job;
    private readonly string _verb;
    private readonly string _unit;
    private readonly long _total;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly bool _isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
    private readonly List<Request> _sends = [];
    private long _done;
    private long _unsent;
    private int _finishedRanks;
    private TimeSpan _lastShown = -TerminalInterval;
    private TimeSpan _lastSent;

    /// <summary>Starts the clock.</summary>
    /// <param name="job">The job.</param>
    /// <param name="verb">What is being done, such as <c>extract</c>.</param>
    /// <param name="unit">What is counted, such as <c>files</c>.</param>
    /// <param name="total">How many there are on all ranks together.</param>
    public Progress(Job job, string verb, string unit, long total) => (_job, _verb, _unit, _total) = (job, verb, unit, total);

    /// <summary>This rank has done some more.</summary>
    public void Advance(long count)
    {
        if (_job.IsRoot)
        {
            _done += count;
            while (_job.World.ImmediateProbe(ICommunicator.AnySource, Tag) is { } message)
                Take(message.Source);
            Show(isLast: false);
            return;
        }

        _unsent += count;
        if (_clock.Elapsed - _lastSent > ReportInterval)
            Report(isLast: false);
    }

    /// <summary>This rank has done all it had to; rank 0 returns when every rank has.</summary>
    public void Finish()
    {
        if (!_job.IsRoot)
        {
            Report(isLast: true);
            return;
        }

        _finishedRanks++;
        while (_finishedRanks < _job.World.Size)
        {
            Take(_job.World.Probe(ICommunicator.AnySource, Tag).Source);
            Show(isLast: false);
        }

        Show(isLast: true);
    }

    /// <summary>Lets go of the messages of this rank; they arrive, or the job is ending.</summary>
    public void Dispose()
    {
        foreach (Request send in _sends)
            send.Dispose();
        _sends.Clear();
    }

    private void Report(bool isLast)
    {
        _sends.RemoveAll(send => send.Test() is not null);
        _sends.Add(_job.World.ImmediateSend<long>(new long[] { _unsent, isLast ? 1 : 0 }, 0, Tag));
        _unsent = 0;
        _lastSent = _clock.Elapsed;
    }

    private void Take(int source)
    {
        Span<long> report = stackalloc long[2];
        _job.World.Receive(report, source, Tag);
        _done += report[0];
        _finishedRanks += (int)report[1];
    }

    private void Show(bool isLast)
    {
        TimeSpan now = _clock.Elapsed;
        if (_job.IsQuiet || _total == 0 || (!isLast && now - _lastShown < (_isTerminal ? TerminalInterval : LogInterval)))
            return;
        if (!isLast && !_isTerminal && _lastShown < TimeSpan.Zero)
        {
            // A log gets its first line after one interval, not at zero.
            _lastShown = now;
            return;
        }

        _lastShown = now;
        string line = Describe(now, isLast);
        Console.Error.Write(_isTerminal ? $"\r{line}\u001b[K{(isLast ? "\n" : "")}" : line + "\n");
    }

    private string Describe(TimeSpan now, bool isLast)
    {
        double rate = _done / Math.Max(now.TotalSeconds, 1e-3);
        string counts = string.Create(CultureInfo.InvariantCulture, $"{_verb,-8} {_done:N0}/{_total:N0} {_unit}  {rate:N0} {_unit}/s");
        if (isLast)
            return $"{counts}  {Duration(now)}";
        string left = rate > 0 ? Duration(TimeSpan.FromSeconds((_total - _done) / rate)) : "?";
        int filled = _total > 0 ? (int)(20 * _done / _total) : 0;
        string bar = _isTerminal ? $"  [{new string('#', filled)}{new string('.', 20 - filled)}]" : "";
        return $"{counts}{bar}  {left} left";
    }

    private static string Duration(TimeSpan span) => span.TotalHours >= 1 ? span.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : span.TotalMinutes >= 1 ? span.ToString(@"m\:ss", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s");
}
