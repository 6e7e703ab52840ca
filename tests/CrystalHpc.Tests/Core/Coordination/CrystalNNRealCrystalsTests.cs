using System.Diagnostics;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.Coordination;

/// <summary>Properties that hold for every readable structure of the real corpus, ordered or not.</summary>
public sealed class CrystalNNRealCrystalsTests
{
    private const int LargestCell = 300;

    [Test]
    public void Copies_of_a_site_have_the_same_shell()
    {
        var finder = new CrystalNN(CrystalNNOptions.Default);
        var different = new List<string>();
        var findings = new List<Finding>();
        int atoms = 0, structures = 0;
        var watch = Stopwatch.StartNew();
        (double longest, string slowest) = (0, "");
        foreach ((string path, byte[] bytes) in RealCorpus.Files)
        {
            if (RealCorpus.FirstStructure(bytes, []) is not { AtomCount: <= LargestCell } crystal)
                continue;
            if (!IsExactlySymmetric(crystal))
                continue;
            structures++;
            double start = watch.Elapsed.TotalSeconds;
            for (int site = 0; site < crystal.Sites.Count; site++)
            {
                int first = crystal.FirstAtom(site);
                CoordinationBond[] expected = Sorted(crystal, finder.Find(crystal, first, findings));
                atoms += crystal.Multiplicity(site);
                for (int atom = first + 1; atom < first + crystal.Multiplicity(site); atom++)
                {
                    CoordinationBond[] bonds = Sorted(crystal, finder.Find(crystal, atom));
                    if (bonds.Length == expected.Length && bonds.Zip(expected).All(pair => Same(crystal, pair.First, pair.Second)))
                        continue;
                    different.Add($"{path} {crystal.Sites[site].Label}: atom {first} {Text(crystal, expected)} | atom {atom} "
                        + $"{Text(crystal, bonds)}");
                    break;
                }
            }

            if (watch.Elapsed.TotalSeconds - start > longest)
                (longest, slowest) = (watch.Elapsed.TotalSeconds - start, $"{path}, {crystal.AtomCount} atoms");
        }

        TestContext.Out.WriteLine($"{atoms} atoms of {structures} structures; {longest:F3} s for {slowest}");
        foreach (IGrouping<string, Finding> group in findings.GroupBy(f => f.Code.Name))
            TestContext.Out.WriteLine($"{group.Count()} {group.Key}, such as {group.First().Message}");
        foreach (string line in different)
            TestContext.Out.WriteLine(line);
        Assert.That(atoms, Is.GreaterThan(80_000));
        Assert.That(different, Is.Empty);
    }

    private static CoordinationBond[] Sorted(CrystalStructure crystal, CoordinationShell shell) =>
        [.. shell.Bonds.OrderBy(b => crystal.SiteOfAtom[b.Atom]).ThenBy(b => Math.Round(b.DistanceAngstrom, 4)).ThenBy(b => b.Weight)];

    /// <summary>Edges and angles as measured need not fulfil the symmetry to the last digit; then copies differ in truth.</summary>
    internal static bool IsExactlySymmetric(CrystalStructure crystal)
    {
        Fractional[] probes = [new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), new(1, 1, 0), new(0, 1, 1), new(1, 0, 1)];
        return crystal.Operations.All(operation => probes.All(probe =>
        {
            Cartesian before = crystal.Cell.ToCartesian(probe);
            Cartesian after = crystal.Cell.ToCartesian(operation.Apply(probe) - operation.Apply(default));
            return Math.Abs(before.Length - after.Length) < 1e-9;
        }));
    }

    private static bool Same(CrystalStructure crystal, CoordinationBond left, CoordinationBond right) =>
        crystal.SiteOfAtom[left.Atom] == crystal.SiteOfAtom[right.Atom]
        && Math.Abs(left.DistanceAngstrom - right.DistanceAngstrom) < 1e-6
        && left.Weight == right.Weight;

    private static string Text(CrystalStructure crystal, CoordinationBond[] bonds) =>
        string.Join(" ", bonds.Select(b => FormattableString.Invariant(
            $"{crystal.SiteAt(b.Atom).Label} {b.DistanceAngstrom:F6} {b.Weight}")));
}
