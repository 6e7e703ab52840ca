using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Benchmarks;

/// <summary>Neighbors within a cutoff and CrystalNN shells of every atom of the cell, on one core: against pymatgen.</summary>
internal static class CoordinationShells
{
    private const double CutoffAngstrom = 6;
    private const int LargestCell = 60;
    private const int Rounds = 5;

    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        // One structure a file, with no partly filled site: of the others pymatgen makes something else.
        List<(byte[] File, CrystalStructure Crystal)> all = [];
        foreach (byte[] file in SampleFiles.Load(args))
        {
            List<CrystalStructure> structures = StructureReading.Structures(file);
            if (structures is [{ AtomCount: > 1 and <= LargestCell } crystal] && crystal.Sites.All(site => site.Occupancy == 1))
                all.Add((file, crystal));
        }

        int step = Math.Max(1, all.Count / Arguments.Number(args, "--files", 60));
        List<(byte[] File, CrystalStructure Crystal)> sample = [.. all.Where((_, i) => i % step == 0)];
        if (sample.Count == 0)
            return [];
        string folder = SampleFiles.WriteTemporary([.. sample.Select(item => item.File)]);
        using PythonPeer? pymatgen = PythonPeer.TryStart(args, "pymatgen_peer.py", folder);
        Directory.Delete(folder, recursive: true);

        // Only where both see the same number of atoms.
        int[] sites = pymatgen is null ? [] : [.. pymatgen.Greeting.Split(' ').Select(int.Parse)];
        int[] chosen = [.. Enumerable.Range(0, sample.Count).Where(i => pymatgen is null || sites[i] == sample[i].Crystal.AtomCount)];
        CrystalStructure[] crystals = [.. chosen.Select(i => sample[i].Crystal)];
        string files = string.Join(' ', chosen);
        int atoms = crystals.Sum(crystal => crystal.AtomCount);
        Console.WriteLine($"{crystals.Length} structures, {atoms} atoms ({sample.Count - crystals.Length} "
            + $"with other atoms in pymatgen are left out)");
        CrystalNN finder = new(CrystalNNOptions.Default);
        return
        [
            .. Compete(args, "CrystalNN shells", atoms, () => crystals.Sum(crystal => CountShells(finder, crystal)), pymatgen,
                ("pymatgen CrystalNN", $"crystalnn {files}", 200)),
            .. Compete(args, $"neighbors within {CutoffAngstrom} Å", atoms, () => crystals.Sum(CountNeighbors), pymatgen,
                ("pymatgen get_all_neighbors", $"neighbors {files}", 100), ("pymatgen get_neighbor_list", $"arrays {files}", null)),
            .. CompareWithMemory(args, crystals),
        ];
    }

    // The least that a list costs: its columns are written once and read once. A copy of as many bytes does just that.
    private static IReadOnlyList<ContestResult> CompareWithMemory(string[] args, CrystalStructure[] crystals)
    {
        const int BytesPerNeighbor = sizeof(int) + 3 * sizeof(int) + 3 * sizeof(double) + sizeof(double), Repeats = 20;
        int neighbors = crystals.Sum(CountNeighbors);
        (byte[] from, byte[] to) = (new byte[neighbors * BytesPerNeighbor], new byte[neighbors * BytesPerNeighbor]);
        Contest contest = new($"the list, {BytesPerNeighbor} bytes a neighbor", neighbors, "neighbors");
        contest.Add("found and sorted", Timing.Processor(() => neighbors = crystals.Sum(CountNeighbors), Repeats));
        contest.Add("copied in memory", Timing.Processor(() => from.CopyTo(to, 0), Repeats), aim: 0.5);
        return contest.Run(args, Rounds);
    }

    private static IReadOnlyList<ContestResult> Compete(
        string[] args, string title, int atoms, Func<int> ours, PythonPeer? peer,
        params (string Name, string Request, double? Aim)[] theirs)
    {
        const int Repeats = 20;
        List<double> counts = [0];
        Contest contest = new(title, atoms, "atoms");
        contest.Add("CrystalHpc", Timing.Processor(() => counts[0] = ours(), Repeats));
        foreach ((string name, string request, double? aim) in peer is null ? [] : theirs)
        {
            int place = counts.Count;
            counts.Add(0);
            contest.AddPeer(name, () =>
            {
                double[] answer = peer!.Ask(request);
                counts[place] = answer[1];
                return answer[0];
            }, aim);
        }

        IReadOnlyList<ContestResult> results = contest.Run(args, Rounds);
        if (results.Count > 0)
            Console.WriteLine($"  neighbors found: {string.Join(", ", counts)}");
        return results;
    }

    private static int CountShells(CrystalNN finder, CrystalStructure crystal)
    {
        int count = 0;
        for (int atom = 0; atom < crystal.AtomCount; atom++)
            count += finder.Find(crystal, atom).Bonds.Count;
        return count;
    }

    private static int CountNeighbors(CrystalStructure crystal)
    {
        int[] centers = [.. Enumerable.Range(0, crystal.AtomCount)];
        return NeighborSearch.Find(crystal, centers, CutoffAngstrom).Atoms.Length;
    }
}
