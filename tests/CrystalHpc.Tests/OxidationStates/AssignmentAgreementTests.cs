using System.Text.Json;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Tests.Crystals;

namespace CrystalHpc.Tests.OxidationStates;

/// <summary>States assigned by charge balance against what authors say, and against the bond-valence analysis of pymatgen 2022.11.7.</summary>
public sealed class AssignmentAgreementTests
{
    [Test]
    public void Wherever_authors_give_states_those_assigned_without_looking_are_the_same()
    {
        (int labeled, int assigned) = (0, 0);
        var different = new List<string>();
        foreach ((string path, byte[] bytes) in RealCorpus.Files)
        {
            if (RealCorpus.FirstStructure(bytes, []) is not { } read)
                continue;
            OxidationResult authors = OxidationResolver.Resolve(read, OxidationOptions.Default, []);
            if (authors.Source is not (OxidationSource.Label or OxidationSource.Type))
                continue;
            labeled++;
            if (ChargeBalance.Assign(authors.Structure, OxidationOptions.Default, []) is not { } states)
                continue;
            assigned++;
            if (!authors.Structure.Sites.Select(site => site.Charge).SequenceEqual(states))
                different.Add(path);
        }

        Assert.That(different, Is.Empty);
        Assert.That((labeled, assigned), Is.EqualTo((72, 44)));
    }

    [Test]
    public void Assigned_states_are_those_of_the_bond_valence_analysis_but_for_one_structure()
    {
        Dictionary<string, byte[]> files = RealCorpus.Files.ToDictionary(file => file.Path, file => file.Bytes);
        int both = 0;
        var different = new List<string>();
        foreach (JsonElement line in RealCorpus.PymatgenLines())
        {
            string path = line.GetProperty("file").GetString()!;
            if (!line.TryGetProperty("sites", out JsonElement sites)
                || !line.TryGetProperty("bva", out JsonElement valences) || valences.ValueKind != JsonValueKind.Array
                || RealCorpus.FirstStructure(files[path], []) is not { } read
                || ChargeBalance.Assign(read, OxidationOptions.Default, []) is not { } states)
                continue;
            both++;
            IEnumerable<string> ours = read.Sites.Select((site, i) => $"{site.Element}{states[i]:+0;-0}");
            IEnumerable<string> theirs = sites.EnumerateArray().Select(
                (site, i) => $"{ElementOf(site.GetProperty("sp").GetString()!)}{valences[i].GetDouble():+0;-0}");
            if (!ours.ToHashSet().SetEquals(theirs))
                different.Add(Path.GetFileName(path));
        }

        // Kogarkoite, Na3(SO4)F: pymatgen makes it S2+ and O1-.
        Assert.That(different, Is.EqualTo(new[] { "Kogarkoite.cif" }));
        Assert.That(both, Is.EqualTo(445));
    }

    private static string ElementOf(string species)
    {
        string letters = string.Concat(species.TakeWhile(char.IsAsciiLetter));
        return letters == "D" ? "H" : letters;
    }
}
