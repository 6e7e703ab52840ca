using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.OxidationStates;

/// <summary>
/// A hundred well-known minerals and salts: what is assigned without the authors' labels is what textbooks say, or nothing.
/// </summary>
public sealed class KnownSpeciesTests
{
    [Test]
    public void A_hundred_minerals_and_salts_get_their_textbook_species_or_none()
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Core", "OxidationStates", "Data",
            "KnownSpecies.csv"))
            .Where(line => !line.StartsWith('#')).Skip(1).Select(line => line.Split(','))];
        var wrong = new List<string>();
        var unassigned = new List<string>();
        foreach (string[] row in rows)
        {
            string path = Path.Combine(
                TestPaths.RepositoryRoot, "samples", "cod", row[0][..1], row[0][1..3], row[0][3..5], row[0] + ".cif");
            CrystalStructure structure = RealCorpus.FirstStructure(File.ReadAllBytes(path), [])!;
            if (ChargeBalance.Assign(structure, OxidationOptions.Default, [])?.States is not { } states)
                unassigned.Add(row[0]);
            else if (!structure.WithCharges(states).Sites.Select(site => new Species(site.Element, (sbyte)site.Charge!).ToString())
                .ToHashSet().SetEquals(row[2].Split(' ')))
                wrong.Add(row[1]);
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(unassigned, Is.EqualTo(Unassigned));
        Assert.That(rows, Has.Length.EqualTo(100));
    }

    // Disordered without neutral occupancies (sulfates in Pnma, spinels), several combinations (NbO2, Pb8MnFe2F24), formula at odds
    // with the atom list (vorlanite), bonds too short for the state (Rh2O3 of 1929).
    private static readonly string[] Unassigned =
        ["5910064", "5910063", "5910314", "5910168", "9009093", "1000105", "1557929", "1010584"];
}
