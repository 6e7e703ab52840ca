using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Validation;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// From the bytes of a file to its equations, on one core, against the way of the original study in Python: pymatgen's CifParser, oxidation
/// states of the file or of BVAnalyzer, CrystalNN for every site, distances by cation.
/// </summary>
internal static class WholeChain
{
    private const int LargestCell = 60;

    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        var chain = new Chain();
        List<byte[]> all = [.. SampleFiles.Load(args).Where(file => chain.Equations(file) > 0 && chain.Atoms <= LargestCell)];
        int step = Math.Max(1, all.Count / Arguments.Number(args, "--files", 40));
        List<byte[]> sample = [.. all.Where((_, i) => i % step == 0)];
        if (sample.Count == 0)
            return [];
        string folder = SampleFiles.WriteTemporary(sample);
        using PythonPeer? pymatgen = PythonPeer.TryStart(args, "pymatgen_peer.py", folder);
        Directory.Delete(folder, recursive: true);

        // Only files of which pymatgen has a structure.
        string[] sites = pymatgen?.Greeting.Split(' ') ?? [.. sample.Select(_ => "1")];
        int[] chosen = [.. Enumerable.Range(0, sample.Count).Where(i => sites[i] != "0")];
        byte[][] files = [.. chosen.Select(i => sample[i])];
        int atoms = files.Sum(file => chain.Equations(file) > 0 ? chain.Atoms : 0);
        Console.WriteLine($"{files.Length} accepted files with {atoms} atoms in their cells ({sample.Count - files.Length} that pymatgen "
            + $"does not read are left out)");

        const int Repeats = 10;
        (int ours, double theirs) = (0, 0);
        Contest contest = new("bytes to equations", files.Length, "files");
        contest.Add("CrystalHpc", Timing.Processor(() => ours = files.Sum(chain.Equations), Repeats));
        if (pymatgen is not null)
        {
            contest.AddPeer("pymatgen, every site", () =>
            {
                double[] answer = pymatgen.Ask($"chain {string.Join(' ', chosen)}");
                theirs = answer[1];
                return answer[0];
            }, aim: 200);
        }

        IReadOnlyList<ContestResult> results = contest.Run(args, 3);
        Console.WriteLine(FormattableString.Invariant(
            $"  {ours} equations of symmetry-distinct cation sites; pymatgen: {theirs} cation sites with a shell"));
        return results;
    }

    /// <summary>The steps of the extraction stage with its default settings.</summary>
    private sealed class Chain
    {
        private readonly CrystalNN _finder = new(CrystalNNOptions.Default with { OppositeChargesOnly = true });

        /// <summary>Atoms in the cells of the file read last.</summary>
        public int Atoms { get; private set; }

        public int Equations(byte[] file)
        {
            List<Finding> findings = [];
            int count = 0;
            Atoms = 0;
            foreach (CifBlock block in CifDocument.Parse(file, findings).Blocks)
            {
                if (!StructureReader.HasAtomSites(block) || StructureReader.Read(block, StructureReaderOptions.Default, findings)
                    is not { } read)
                    continue;
                OxidationResult resolved = OxidationResolver.Resolve(read, OxidationOptions.Default, findings);
                CrystalStructure structure = resolved.Structure;
                if (!StructureValidator.Judge(structure, resolved.Source, ValidationOptions.Default, findings).Accepted)
                    continue;
                Atoms += structure.AtomCount;
                CoordinationShell[] shells =
                [
                    .. Enumerable.Range(0, structure.Sites.Count).Where(site => structure.Sites[site].Charge > 0)
                        .Select(site => _finder.Find(structure, structure.FirstAtom(site), findings)),
                ];
                count += EquationBuilder.Build(structure, shells, "id", "group", findings).Count;
            }

            return count;
        }
    }
}
