using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.Symmetry;

/// <summary>Real files: no exception, and at least the symmetry that the operations of the file make.</summary>
[Category("Slow")]
public sealed class SymmetryCorpusTests
{
    [TestCase("cod-real")]
    [TestCase("amcsd-minerals")]
    [TestCase("computed-misc")]
    [TestCase("porous")]
    [TestCase("prototypes-aflow")]
    [TestCase("zeolites-idealised")]
    public void Structures_have_at_least_the_operations_of_their_files(string archive)
    {
        var finder = new SymmetryFinder();
        (int structures, int lower, int none) = (0, 0, 0);
        foreach ((string path, byte[] bytes) in RealCorpus.Read(archive))
        {
            if (RealCorpus.FirstStructure(bytes, []) is not { } structure)
                continue;
            structures++;
            CrystalSymmetry? found = finder.Find(structure, SymmetryTolerance.Default);
            if (found is null)
                none++;
            else if (SpaceGroup.Identify(structure.Operations) is { } declared && found.Order < PointOrder(declared))
                TestContext.Out.WriteLine($"{++lower} {path}: {found.Group} at {found.Tolerance.Angstrom} Å, the file has {declared}");
        }

        TestContext.Out.WriteLine(
            $"{archive}: {structures} structures, {lower} with less symmetry than their files say, {none} with atoms on one place");
        Assert.That(structures, Is.Positive);
        Assert.That(lower + none, Is.LessThanOrEqualTo(0.03 * structures));
    }

    private static int PointOrder(SpaceGroup group)
        => group.Operations.Select(w => (w.W11, w.W12, w.W13, w.W21, w.W22, w.W23, w.W31, w.W32, w.W33)).Distinct().Count();
}
