using System.IO.Compression;
using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Tests.Core.Formulas;

/// <summary>Reduced formulas as pymatgen writes them.</summary>
public sealed class ReducedKeyTests
{
    [TestCase("Ti4O8", "TiO2", TestName = "Amounts are divided by their common divisor")]
    [TestCase("O4P Fe Li", "LiFePO4", TestName = "Elements stand by electronegativity")]
    [TestCase("AgAu2S2", "Ag(AuS)2", TestName = "Two last elements with a common divisor stand in brackets")]
    [TestCase("SrN2O6", "Sr(NO3)2", TestName = "Polyatomic anions stand in brackets")]
    [TestCase("BaAl2F8", "BaAl2F8", TestName = "Two last elements far apart in electronegativity stand without brackets")]
    [TestCase("K2Si2O6", "KSiO3", TestName = "What is left after reduction needs no brackets")]
    [TestCase("O", "O2", TestName = "Molecules keep two atoms")]
    [TestCase("Na2O2", "Na2O2", TestName = "Peroxides keep four atoms")]
    [TestCase("Fe2O2", "FeO", TestName = "Other oxides are reduced")]
    [TestCase("GaAs0.2Sb0.8", "Ga1Sb0.8As0.2", TestName = "Amounts that are not whole stay as they are")]
    [TestCase("LiNi1/3Mn1/3Co1/3O2", "Li1Mn0.33333333Co0.33333333Ni0.33333333O2", TestName = "Fractions stand with eight places")]
    [TestCase("D2O", "H2O", TestName = "Deuterium is hydrogen in keys")]
    [TestCase("NaHe", "NaHe", TestName = "Elements without electronegativity stand last")]
    public void Keys_are_those_of_pymatgen(string text, string key) => Assert.That(KeyOf(text), Is.EqualTo(key));

    // The pymatgen of 2015 that wrote the table of piezoelectrics had no electronegativity of Eu, and left Si and Cu, which have the same,
    // as they came.
    private static readonly string[] OfOlderVersions = ["EuLi2GeS4", "SiCu2S3"];

    [TestCase("dielectric-petousis/dielectric.csv.gz", "formula")]
    [TestCase("piezo-dejong/piezo.csv.gz", "formula")]
    [TestCase("composition-properties/expt_gap.csv.gz", "formula")]
    public void Formulas_of_tables_that_pymatgen_wrote_are_their_own_keys(string table, string column)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(TestPaths.SharedOrIgnore($"datasets/{table}")),
            CompressionMode.Decompress));
        int place = Array.IndexOf(reader.ReadLine()!.Split(','), column);
        var wrong = new List<string>();
        int rows = 0;
        while (reader.ReadLine() is { } line)
        {
            string text = line.Split(',')[place];
            rows++;
            if (KeyOf(text) != text && !OfOlderVersions.Contains(text))
                wrong.Add($"{text}: {KeyOf(text)}");
        }

        Assert.That(rows, Is.GreaterThan(500));
        Assert.That(wrong, Is.Empty);
    }

    private static string KeyOf(string text)
    {
        Assert.That(Formula.TryParse(text, out Formula? formula, out FormulaRefusal? refusal), Is.True, $"{text}: {refusal?.Reason}");
        return formula!.ReducedKey;
    }
}
