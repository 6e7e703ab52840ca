using System.Text.Json;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.OxidationStates;

/// <summary>
/// States assigned by charge balance against what authors say, and against the bond-valence analysis of pymatgen 2022.11.7.
/// </summary>
public sealed class AssignmentAgreementTests
{
    // Every labeled structure of the archives that have any, and what is assigned with the labels out of sight.
    [TestCase("cod-real", 71, 60)]
    [TestCase("porous", 20, 20)]
    [TestCase("computed-misc", 7, 6)]
    public void Wherever_authors_give_states_those_assigned_without_looking_are_the_same(string archive, int labeled, int assigned)
    {
        Agreement agreement = Compare(archive, OxidationOptions.Default);
        Assert.That(agreement.Different, Is.Empty);
        Assert.That((agreement.Labeled, agreement.Assigned), Is.EqualTo((labeled, assigned)));
    }

    [Test]
    public void Where_radii_decide_none_differs()
    {
        Agreement agreement = Compare("cod-real", OxidationOptions.Default with { DecideByRadii = true });
        // The author has FeMnO3 as Fe2+ and Mn4+, which its bonds contradict; bixbyite is held to be Fe3+ and Mn3+.
        Assert.That(agreement.Different, Is.Empty);
        Assert.That(agreement.Assigned, Is.EqualTo(60));
    }

    private static Agreement Compare(string archive, OxidationOptions options)
    {
        (int labeled, int assigned) = (0, 0);
        var different = new List<string>();
        foreach ((string path, byte[] bytes) in archive == "cod-real" ? RealCorpus.Files : RealCorpus.Read(archive))
        {
            if (RealCorpus.FirstStructure(bytes, []) is not { } read)
                continue;
            OxidationResult authors = OxidationResolver.Resolve(read, options with { AssignByChargeBalance = false }, []);
            if (authors.Source == OxidationSource.None)
                continue;
            labeled++;
            if (ChargeBalance.Assign(read, options, [])?.States is not { } states)
                continue;
            assigned++;
            if (!authors.Structure.Sites.Select(site => site.Charge).SequenceEqual(states))
                different.Add(Path.GetFileName(path));
        }

        return new Agreement(labeled, assigned, different);
    }

    [Test]
    public void Assigned_states_are_those_of_the_bond_valence_analysis_but_for_three_structures()
    {
        Dictionary<string, byte[]> files = RealCorpus.Files.ToDictionary(file => file.Path, file => file.Bytes);
        int both = 0;
        var different = new List<string>();
        foreach (JsonElement line in RealCorpus.PymatgenLines())
        {
            string path = line.GetProperty("file").GetString()!;
            var findings = new List<Finding>();
            if (!line.TryGetProperty("sites", out JsonElement sites)
                || !line.TryGetProperty("bva", out JsonElement valences) || valences.ValueKind != JsonValueKind.Array
                || RealCorpus.FirstStructure(files[path], []) is not { } read
                || ChargeBalance.Assign(read, OxidationOptions.Default, findings)?.States is not { } states
                || findings.Count > 0)
                continue;
            both++;
            IEnumerable<string> ours = read.Sites.Select((site, i) => $"{site.Element}{states[i]:+0;-0}");
            IEnumerable<string> theirs = sites.EnumerateArray().Select(
                (site, i) => $"{ElementOf(site.GetProperty("sp").GetString()!)}{valences[i].GetDouble():+0;-0}");
            if (!ours.ToHashSet().SetEquals(theirs))
                different.Add(Path.GetFileName(path));
        }

        // Structures whose hydrogen is missing are left out: pymatgen does not notice. Kogarkoite, Na3(SO4)F: pymatgen makes it S2+ and
        // O1-.
        // Cattierite, CoS2, and laurite, RuS2, have the pairs S2(2-) of pyrite, which pymatgen does not know.
        Assert.That(different, Is.EqualTo(new[] { "Cattierite.cif", "Kogarkoite.cif", "Laurite.cif" }));
        Assert.That(both, Is.EqualTo(478));
    }

    private static string ElementOf(string species)
    {
        string letters = string.Concat(species.TakeWhile(char.IsAsciiLetter));
        return letters == "D" ? "H" : letters;
    }

    private sealed record Agreement(int Labeled, int Assigned, List<string> Different);
}
