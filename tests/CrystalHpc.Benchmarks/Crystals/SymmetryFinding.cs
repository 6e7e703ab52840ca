using System.Globalization;
using System.Text;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Benchmarks;

/// <summary>Space groups of the tabulated structures on one core, as listed and with noise: time and agreement, against spglib.</summary>
internal static class SymmetryFinding
{
    private static readonly double[] NoiseAngstrom = [0, 0.0005, 0.001, 0.002, 0.005];

    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        List<JudgedStructure> all = SymmetryTables.Load(Path.Combine(Machine.RepositoryRoot(), "..", "shared"));
        int step = Math.Max(1, all.Count / Arguments.Number(args, "--structures", 1000));
        AtomicCell[] cells = [.. all.Where((_, i) => i % step == 0).Select(structure => structure.Cell)];
        if (cells.Length == 0)
        {
            Console.WriteLine("no tables beside the repository");
            return [];
        }

        Console.WriteLine($"{cells.Length} structures, {cells.Sum(cell => cell.Count)} atoms");
        AtomicCell[] variants = [.. NoiseAngstrom.SelectMany(noise => cells.Select((cell, i) => Shaken(cell, noise, (ulong)i)))];
        string folder = Directory.CreateTempSubdirectory("crystalhpc-benchmark-").FullName;
        File.WriteAllLines(Path.Combine(folder, "structures.txt"), variants.Select(Line));
        using PythonPeer? spglib = PythonPeer.TryStart(args, "spglib_peer.py", folder);
        Directory.Delete(folder, recursive: true);

        var finder = new SymmetryFinder();
        Contest contest = new("space groups at 0.01 Å", cells.Length, "structures");
        contest.Add("CrystalHpc", Timing.Processor(() => FindAll(finder, cells), 5));
        if (spglib is not null)
            contest.AddPeer("spglib in Python", () => spglib.Ask($"0.01 0 {cells.Length}")[0], aim: 1);
        IReadOnlyList<ContestResult> results = contest.Run(args, 3);
        if (spglib is not null && Arguments.Wants(args, "agreement"))
            Compare(finder, spglib, cells.Length, variants);
        return results;
    }

    private static void Compare(SymmetryFinder finder, PythonPeer spglib, int count, AtomicCell[] variants)
    {
        for (int v = 0; v < NoiseAngstrom.Length; v++)
        {
            double[] theirs = spglib.Ask(string.Create(CultureInfo.InvariantCulture, $"0.01 {v * count} {count}"))[1..];
            int same = theirs.Where((number, i) => (finder.Find(variants[v * count + i], SymmetryTolerance.Default)?.Number
                ?? 0) == (int)number).Count();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  noise {NoiseAngstrom[v]:0.0000} Å: {same} of {count} groups equal, {100.0 * same / count:0.00} %"));
        }
    }

    private static void FindAll(SymmetryFinder finder, AtomicCell[] cells)
    {
        foreach (AtomicCell cell in cells)
            finder.Find(cell, SymmetryTolerance.Default);
    }

    // Each atom moved by at most the noise.
    private static AtomicCell Shaken(AtomicCell cell, double noiseAngstrom, ulong seed)
    {
        var random = new Random((int)seed + 1);
        Basis reciprocal = cell.Basis.Reciprocal;
        double Part() => noiseAngstrom / Math.Sqrt(3) * (2 * random.NextDouble() - 1);
        return new AtomicCell(
            cell.Basis, [.. cell.Positions.ToArray().Select(f => f + reciprocal.Project(new Cartesian(Part(), Part(), Part())))],
            cell.Kinds);
    }

    private static string Line(AtomicCell cell)
    {
        var text = new StringBuilder();
        foreach (Cartesian axis in (Cartesian[])[cell.Basis.A, cell.Basis.B, cell.Basis.C])
            text.Append(CultureInfo.InvariantCulture, $"{axis.X:r} {axis.Y:r} {axis.Z:r} ");
        for (int atom = 0; atom < cell.Count; atom++)
        {
            Fractional f = cell.Positions[atom];
            text.Append(CultureInfo.InvariantCulture, $"{cell.Kinds[atom]} {f.X:r} {f.Y:r} {f.Z:r} ");
        }

        return text.ToString();
    }
}
