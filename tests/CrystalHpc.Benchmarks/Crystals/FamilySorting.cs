using CrystalHpc.Core.Matching;

namespace CrystalHpc.Benchmarks;

/// <summary>10,000 structures of the tables beside the repository sorted into families on one core, primitive cells included.</summary>
internal static class FamilySorting
{
    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        JudgedStructure[] structures =
            [.. SymmetryTables.Load(Path.Combine(Machine.RepositoryRoot(), "..", "shared"))
                .Take(Arguments.Number(args, "--structures", 10_000))];
        if (structures.Length == 0)
        {
            Console.WriteLine("no tables beside the repository");
            return [];
        }

        int found = 0;
        Contest contest = new($"{structures.Sum(structure => structure.Cell.Count)} atoms into families", structures.Length, "structures")
        {
            AimedRate = 10_000 / 60.0,
        };
        contest.Add("CrystalHpc", Timing.Processor(() =>
        {
            var families = new StructureFamilies(MatchTolerance.Default);
            foreach (JudgedStructure structure in structures)
                families.Add(MatchableStructure.Of(structure.Cell)!);
            found = families.Count;
        }));
        IReadOnlyList<ContestResult> results = contest.Run(args, 1);
        Console.WriteLine($"  {found} families");
        return results;
    }
}
