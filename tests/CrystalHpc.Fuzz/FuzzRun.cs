using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using CrystalHpc.Fuzz.Grammar;

namespace CrystalHpc.Fuzz;

/// <summary>Runs the inputs on some threads, watches time and memory, and saves what fails.</summary>
internal sealed class FuzzRun(FuzzOptions options, byte[][] seeds, TextWriter log)
{
    private const long InputsPerReport = 50_000;
    private const long WarmUp = 2_000;
    private const long MaximumHeapGrowth = 100_000_000;
    private const long MaximumAllocation = 1_000_000_000;

    // An input that is not done after this many limits counts as one that never ends.
    private const int HangLimits = 30;

    private readonly Lock _lock = new();
    private readonly long[] _startedAt = new long[options.Threads];
    private readonly long[] _input = new long[options.Threads];
    private long _next = options.First;
    private long _done;
    private long _failed;
    private long _structures;
    private long _accepted;
    private long _slowestTicks;
    private long _heapAfterWarmUp;

    public FuzzResult Run()
    {
        Directory.CreateDirectory(options.Failures);
        string atWork = Path.Combine(options.Failures, "at-work");
        using (MemoryMappedFile map = MemoryMappedFile.CreateFromFile(atWork, FileMode.Create, null, sizeof(long) * options.Threads))
        using (MemoryMappedViewAccessor marks = map.CreateViewAccessor())
        {
            Thread[] threads = [.. Enumerable.Range(0, options.Threads).Select(thread
                => new Thread(() => Work(thread, marks)) { IsBackground = true })];
            foreach (Thread thread in threads)
                thread.Start();
            while (!Array.TrueForAll(threads, thread => thread.Join(TimeSpan.FromMilliseconds(20))))
            {
                if (FindHanging() is { } input)
                {
                    Fail(input, CreateMutator().Make(input), "does not end");
                    break;
                }
            }
        }

        File.Delete(atWork);
        if (!Directory.EnumerateFileSystemEntries(options.Failures).Any())
            Directory.Delete(options.Failures);
        return new FuzzResult(_done - _failed, _failed, _structures, _accepted, _slowestTicks / (double)Stopwatch.Frequency);
    }

    private void Work(int thread, MemoryMappedViewAccessor marks)
    {
        IMutator mutator = CreateMutator();
        Trial trial = new();
        long input;
        while ((input = Interlocked.Increment(ref _next) - 1) < options.First + options.Count)
        {
            // The mark outlives the process should the input bring it down.
            marks.Write(thread * sizeof(long), input);
            Volatile.Write(ref _input[thread], input);
            byte[] bytes = mutator.Make(input);
            if (Try(thread, trial, input, bytes) is { } fault)
                Fail(input, bytes, fault);
            Report(Interlocked.Increment(ref _done));
        }

        Interlocked.Add(ref _structures, trial.Structures);
        Interlocked.Add(ref _accepted, trial.Accepted);
    }

    private IMutator CreateMutator() =>
        options.Mutator == MutatorKind.Grammar ? new GrammarMutator(seeds, options.Seed) : new ByteMutator(seeds, options.Seed);

    private string? Try(int thread, Trial trial, long input, byte[] bytes)
    {
        TimeSpan best = TimeSpan.MaxValue;

        // A busy machine can make any input slow once, hence the second chance.
        for (int attempt = 0; attempt < 2 && best > options.Limit; attempt++)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            Volatile.Write(ref _startedAt[thread], start);
            string? fault = trial.Run(input, bytes);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            Volatile.Write(ref _startedAt[thread], 0);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (fault is not null)
                return fault;
            if (allocated > MaximumAllocation)
                return string.Create(CultureInfo.InvariantCulture, $"allocates {allocated} bytes");
            best = elapsed < best ? elapsed : best;
        }

        lock (_lock)
            _slowestTicks = Math.Max(_slowestTicks, (long)(best.TotalSeconds * Stopwatch.Frequency));
        return best <= options.Limit ? null : string.Create(CultureInfo.InvariantCulture, $"takes {best.TotalSeconds:F1} s");
    }

    private long? FindHanging()
    {
        for (int thread = 0; thread < options.Threads; thread++)
        {
            long start = Volatile.Read(ref _startedAt[thread]);
            if (start != 0 && Stopwatch.GetElapsedTime(start) > HangLimits * options.Limit)
                return Volatile.Read(ref _input[thread]);
        }

        return null;
    }

    private void Fail(long input, byte[] bytes, string fault)
    {
        lock (_lock)
        {
            _failed++;
            string path = Path.Combine(options.Failures, string.Create(CultureInfo.InvariantCulture,
                $"seed-{options.Seed}-input-{input}.cif"));
            File.WriteAllBytes(path, bytes);
            log.WriteLine($"{path}: {fault}");
        }
    }

    private void Report(long done)
    {
        bool isFirst = done == Math.Min(WarmUp, options.Count);
        if (!isFirst && done % InputsPerReport != 0 && done != options.Count)
            return;
        long heap = GC.GetTotalMemory(forceFullCollection: true);
        lock (_lock)
        {
            if (isFirst)
                _heapAfterWarmUp = heap;
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} inputs, {_failed} failed, heap {heap / 1e6:F0} MB"));
            if (_heapAfterWarmUp == 0 || heap - _heapAfterWarmUp <= MaximumHeapGrowth)
                return;
            _failed++;
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the heap has grown from {_heapAfterWarmUp} to {heap} bytes"));
            _heapAfterWarmUp = heap;
        }
    }
}
