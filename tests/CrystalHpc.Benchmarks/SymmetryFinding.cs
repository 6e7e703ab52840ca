using System.Globalization;
using System.Text;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Benchmarks;

/// <summary>Space groups of the tabulated structures on one core, as listed and with noise: time and agreement, against spglib.</summary>
internal static class SymmetryFinding
{
    private static readonly double[] NoiseAngstrom = [0, 0.0005, 0.001, 0.002, 0.005];

    public static void Run(string[] args)
    {
        List<JudgedStructure> all = SymmetryTables.Load(Path.Combine(Machine.RepositoryRoot(), "..", "shared"));
        int step = Math.Max(1, all.Count / Arguments.Number(args, "--structures", 1000));
        AtomicCell[] cells = [.. all.Where((_, i) => i % step == 0).Select(structure => structure.Cell)];
        if (cells.Length == 0)
        {
            Console.WriteLine("no tables beside the repository");
            return;
        }

        Console.WriteLine($"{cells.Length} structures, {cells.Sum(cell => cell.Count)} atoms");
        AtomicCell[] variants = [.. NoiseAngstrom.SelectMany(noise => cells.Select((cell, i) => Shaken(cell, noise, (ulong)i)))];
        string folder = Directory.CreateTempSubdirectory("crystalhpc-benchmark-").FullName;
        File.WriteAllLines(Path.Combine(folder, "structures.txt"), variants.Select(Line));
        using PythonPeer? spglib = PythonPeer.TryStart(args, "spglib_peer.py", folder);
        Directory.Delete(folder, recursive: true);

        var finder = new SymmetryFinder();
        Contest contest = new("space group, Wyckoff positions and standard cell at 0.01 Å", cells.Length, "structures");
        contest.AddRepeated("CrystalHpc", 5, () => FindAll(finder, cells));
        if (spglib is not null)
            contest.AddTimed($"spglib {spglib.Greeting}", () => spglib.Ask($"0.01 0 {cells.Length}")[0]);
        contest.Run(Arguments.Number(args, "--rounds", 3));
        for (int v = 0; spglib is not null && v < NoiseAngstrom.Length; v++)
        {
            double[] theirs = spglib.Ask(string.Create(CultureInfo.InvariantCulture, $"0.01 {v * cells.Length} {cells.Length}"))[1..];
            int same = theirs.Where((number, i) => (finder.Find(variants[v * cells.Length + i], SymmetryTolerance.Default)?.Number
                ?? 0) == (int)number).Count();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  noise {NoiseAngstrom[v]:0.0000} Å: {same} of {cells.Length} groups equal, {100.0 * same / cells.Length:0.00} %"));
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
