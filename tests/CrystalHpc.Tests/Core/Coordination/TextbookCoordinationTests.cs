using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.Coordination;

/// <summary>Coordination numbers of cations in well-known compounds as measured, by CrystalNN restricted to opposite charges.</summary>
public sealed class TextbookCoordinationTests
{
    // Spinel: measured with both cations on both sites. Spodumene: two of the eight oxygen atoms around Li are farther away than the other
    // six.
    // Hematite: the file of 1925 lists every oxygen twice, half occupied.
    private static readonly string[] Different = ["spinel Mg 4 6", "spinel Al 4 6", "spodumene Li 8", "hematite Fe 12"];

    [Test]
    public void Cations_of_well_known_compounds_have_their_textbook_coordination()
    {
        var finder = new CrystalNN(CrystalNNOptions.Default with { OppositeChargesOnly = true });
        var different = new List<string>();
        int numbers = 0;
        foreach (string[] row in Rows())
        {
            CrystalStructure read = RealCorpus.FirstStructure(File.ReadAllBytes(PathOf(row[0])), [])!;
            CrystalStructure crystal = OxidationResolver.Resolve(read, OxidationOptions.Default, []).Structure;
            string[] words = row[2].Split(' ');
            for (int i = 0; i < words.Length; i += 2, numbers++)
            {
                int[] found = [.. Enumerable.Range(0, crystal.Sites.Count).Where(site => crystal.Sites[site].Element.Symbol == words[i])
                    .Select(site => finder.Find(crystal, crystal.FirstAtom(site)).Bonds.Count).Distinct().Order()];
                if (string.Join(' ', found) != words[i + 1])
                    different.Add($"{row[1]} {words[i]} {string.Join(' ', found)}");
            }
        }

        Assert.That(numbers, Is.GreaterThan(80));
        Assert.That(string.Join("; ", different), Is.EqualTo(string.Join("; ", Different)));
    }

    private static IEnumerable<string[]> Rows() => File
        .ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Core", "Coordination", "Data", "TextbookCoordination.csv"))
        .Where(line => !line.StartsWith('#')).Skip(1).Select(line => line.Split(','));

    private static string PathOf(string cod) =>
        Path.Combine(TestPaths.RepositoryRoot, "samples", "cod", cod[..1], cod[1..3], cod[3..5], cod + ".cif");
}
