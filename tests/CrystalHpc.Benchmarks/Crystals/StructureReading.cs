using System.Globalization;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Benchmarks;

/// <summary>From the bytes of a file to crystal structures with all atoms of the cell, on one core: against pymatgen's CifParser.</summary>
internal static class StructureReading
{
    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        List<byte[]> all = SampleFiles.Load(args);
        int step = Math.Max(1, all.Count / Arguments.Number(args, "--files", 250));
        List<byte[]> sample = [.. all.Where((file, i) => i % step == 0 && Structures(file).Count > 0)];
        if (sample.Count == 0)
            return [];
        string folder = SampleFiles.WriteTemporary(sample);
        using PythonPeer? pymatgen = PythonPeer.TryStart(args, "pymatgen_peer.py", folder);
        Directory.Delete(folder, recursive: true);

        // Only what both read.
        string[] sites = pymatgen?.Greeting.Split(' ') ?? [.. sample.Select(_ => "1")];
        int[] chosen = [.. Enumerable.Range(0, sample.Count).Where(i => sites[i] != "0")];
        byte[][] files = [.. chosen.Select(i => sample[i])];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{files.Length} files of {files.Average(file => file.Length) / 1e3:0.0} kB in the mean ({sample.Count - files.Length} that "
            + $"pymatgen does not read are left out)"));

        const int Repeats = 10;
        (int ours, double theirs) = (0, 0);
        Contest contest = new("structures of CIF files", files.Length, "files");
        contest.Add("CrystalHpc", Timing.Processor(() => ours = files.Sum(file => Structures(file).Count), Repeats));
        if (pymatgen is not null)
        {
            string request = $"parse {string.Join(' ', chosen)}";
            contest.AddPeer("pymatgen CifParser", () =>
            {
                double[] answer = pymatgen.Ask(request);
                theirs = answer[1];
                return answer[0];
            }, aim: 100);
        }

        IReadOnlyList<ContestResult> results = contest.Run(args, 5);
        Console.WriteLine(FormattableString.Invariant($"  structures found: {ours} and {theirs}"));
        return results;
    }

    /// <summary>All structures of a file.</summary>
    internal static List<CrystalStructure> Structures(byte[] file)
    {
        List<Finding> findings = [];
        List<CrystalStructure> structures = [];
        foreach (CifBlock block in CifDocument.Parse(file, findings).Blocks)
        {
            if (StructureReader.HasAtomSites(block) && StructureReader.Read(block, StructureReaderOptions.Default, findings)
                is { } structure)
                structures.Add(structure);
        }

        return structures;
    }
}
