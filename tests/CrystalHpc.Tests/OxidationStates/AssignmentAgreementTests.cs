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
    public void Assigned_states_agree_with_the_labels_of_authors_where_labels_are_hidden()
    {
        (int structures, int assigned, int same) = (0, 0, 0);
        foreach ((string path, byte[] bytes) in RealCorpus.Files)
        {
            var findings = new List<Finding>();
            if (RealCorpus.FirstStructure(bytes, findings) is not { } read)
                continue;
            OxidationResult labeled = OxidationResolver.Resolve(read, OxidationOptions.Default, findings);
            if (labeled.Source is not (OxidationSource.Label or OxidationSource.Type))
                continue;
            structures++;
            findings.Clear();
            if (ChargeBalance.Assign(labeled.Structure, OxidationOptions.Default, findings) is not { } states)
            {
                TestContext.Out.WriteLine($"none {path} {ChemicalFormula.OfCell(read).Reduced()} {findings[^1].Code} {findings[^1].Message}");
                continue;
            }

            assigned++;
            if (labeled.Structure.Sites.Select(site => site.Charge).SequenceEqual(states))
                same++;
            else
                TestContext.Out.WriteLine($"differ {path} {ChemicalFormula.OfCell(read).Reduced()}: {string.Join(' ', labeled.Structure.Sites.Select((site, i) => $"{site.Label} {site.Charge}/{states[i]}"))}");
        }

        TestContext.Out.WriteLine($"{structures} labeled, {assigned} assigned, {same} same");
    }

    [Test]
    public void Assigned_states_agree_with_the_bond_valence_analysis_of_pymatgen()
    {
        Dictionary<string, byte[]> files = RealCorpus.Files.ToDictionary(file => file.Path, file => file.Bytes);
        (int both, int same, int onlyOurs, int onlyTheirs) = (0, 0, 0, 0);
        foreach (JsonElement line in RealCorpus.PymatgenLines())
        {
            if (!line.TryGetProperty("sites", out JsonElement sites))
                continue;
            string path = line.GetProperty("file").GetString()!;
            var findings = new List<Finding>();
            CrystalStructure? read = RealCorpus.FirstStructure(files[path], findings);
            if (read is null)
                continue;
            double?[]? states = ChargeBalance.Assign(read, OxidationOptions.Default, findings);
            bool theirs = line.TryGetProperty("bva", out JsonElement valences) && valences.ValueKind == JsonValueKind.Array;
            if (states is null || !theirs)
            {
                onlyOurs += states is null ? 0 : 1;
                onlyTheirs += theirs ? 1 : 0;
                continue;
            }

            both++;
            string ours = string.Join(' ', read.Sites.Select((site, i) => $"{site.Element}{states[i]:+0;-0}").Distinct().Order(StringComparer.Ordinal));
            string bva = string.Join(' ', sites.EnumerateArray().Select((site, i) => $"{Letters(site.GetProperty("sp").GetString()!)}{valences[i].GetDouble():+0;-0}").Distinct().Order(StringComparer.Ordinal));
            if (ours == bva)
                same++;
            else
                TestContext.Out.WriteLine($"differ {path}: {ours} for {bva}");
        }

        TestContext.Out.WriteLine($"{both} both, {same} same, {onlyOurs} only ours, {onlyTheirs} only theirs");
    }

    private static string Letters(string species)
    {
        string letters = string.Concat(species.TakeWhile(char.IsAsciiLetter));
        return letters == "D" ? "H" : letters;
    }
}
