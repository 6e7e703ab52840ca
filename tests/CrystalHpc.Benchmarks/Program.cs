namespace CrystalHpc.Benchmarks;

/// <summary>Entry point: the first argument names the benchmark. docs/performance.md says what each one measures.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["allreduce-rank", ..])
        {
            AllReduce.RunRank();
            return 0;
        }

        if (args is ["desk-rank", ..])
        {
            Scale.DeskCost.RunRank();
            return 0;
        }

        if (InstructionSet.RunAgain(args) is { } exitCode)
            return exitCode;
        if (args is ["smoke", ..])
            return Smoke.Run(args[1..]);
        if (args is ["page", ..])
            return PageCommand.Run(args[1..]);
        if (args.Length > 0 && Benchmark.Find(args[0]) is { } chosen)
        {
            Console.WriteLine($"load {Machine.Load()} on {Environment.ProcessorCount} processors, {DateTime.UtcNow:yyyy-MM-dd}");
            chosen.Run(args[1..]);
            return 0;
        }

        Console.Error.WriteLine("""
            usage: dotnet run -c Release --project tests/CrystalHpc.Benchmarks -- BENCHMARK [--rounds N] [--only TEXT] [--files N]
                     [--corpus ARCHIVE.tar.gz|FOLDER] [--python PATH] [--avx2]
                   ... -- smoke [--record]      compares the kernels with their peers and with the ratios on record
                   ... -- page [NAME [WORD]]    writes the figures of docs/performance.md, or those of one benchmark
            """);
        foreach (Benchmark benchmark in Benchmark.All)
            Console.Error.WriteLine($"  {benchmark.Name,-20}{benchmark.What}");
        return 1;
    }
}
