using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Benchmarks;

/// <summary>Neighbors within a cutoff and CrystalNN shells of every atom of the cell, on one core: against pymatgen.</summary>
internal static class CoordinationShells
{
    private const double CutoffAngstrom = 6;
    private const int LargestCell = 60;

    public static void Run(string[] args)
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
            return;
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
        int rounds = Arguments.Number(args, "--rounds", 5);

        CrystalNN finder = new(CrystalNNOptions.Default);
        Compete("CrystalNN shells", atoms, rounds, () => crystals.Sum(crystal => CountShells(finder, crystal)), pymatgen,
            $"crystalnn {files}");
        Compete($"neighbors within {CutoffAngstrom} Å", atoms, rounds, () => crystals.Sum(CountNeighbors), pymatgen, $"neighbors {files}",
            $"arrays {files}");
        CompareWithMemory(crystals, rounds);
    }

    // The least that a list costs: its columns are written once and read once. A copy of as many bytes does just that.
    private static void CompareWithMemory(CrystalStructure[] crystals, int rounds)
    {
        const int BytesPerNeighbor = sizeof(int) + 3 * sizeof(int) + 3 * sizeof(double) + sizeof(double), Repeats = 20;
        int neighbors = crystals.Sum(CountNeighbors);
        (byte[] from, byte[] to) = (new byte[neighbors * BytesPerNeighbor], new byte[neighbors * BytesPerNeighbor]);
        Contest contest = new($"{BytesPerNeighbor} bytes for each of {neighbors} neighbors", neighbors, "neighbors");
        contest.AddRepeated("copied from memory to memory", Repeats, () => from.CopyTo(to, 0));
        contest.AddRepeated("found and sorted", Repeats, () => neighbors = crystals.Sum(CountNeighbors));
        contest.Run(rounds);
    }

    private static void Compete(string title, int atoms, int rounds, Func<int> ours, PythonPeer? peer, params string[] requests)
    {
        const int Repeats = 20;
        List<double> counts = [0];
        Contest contest = new(title, atoms, "atoms");
        contest.AddRepeated("CrystalHpc", Repeats, () => counts[0] = ours());
        foreach (string request in peer is null ? [] : requests)
        {
            int place = counts.Count;
            counts.Add(0);
            contest.AddTimed($"pymatgen {request.Split(' ')[0]}", () =>
            {
                double[] answer = peer!.Ask(request);
                counts[place] = answer[1];
                return answer[0];
            });
        }

        contest.Run(rounds);
        Console.WriteLine($"  neighbors found: {string.Join(", ", counts)}");
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
