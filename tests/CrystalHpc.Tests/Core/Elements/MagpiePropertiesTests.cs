using System.Globalization;
using System.IO.Compression;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Tests.Core.Elements;

/// <summary>Magpie's properties of elements against features that matminer computed of formulas.</summary>
public sealed class MagpiePropertiesTests
{
    private static readonly MagpieProperty[] Properties = Enum.GetValues<MagpieProperty>();

    [Test]
    public void Features_of_formulas_are_those_of_matminer()
    {
        // 307 formulas; README beside the file: matminer 0.10.1, ElementProperty preset magpie.
        string path = TestPaths.SharedOrIgnore("gold/magpie-features.csv.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        int rows = 0;
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            Assert.That(Formula.TryParse(fields[0], out Formula? formula, out _), Is.True, fields[0]);
            double atoms = formula!.Terms.Sum(term => term.Amount.ToDouble());
            foreach (MagpieProperty property in Properties)
            {
                double[] values = [.. formula.Terms.Select(term => MagpieProperties.Of(term.Element, property))];
                double mean = formula.Terms.Zip(values, (term, value) => term.Amount.ToDouble() * value).Sum() / atoms;
                string name = property == MagpieProperty.GSvolume ? "GSvolume_pa" : property.ToString();
                Assert.That(values.Min(), Is.EqualTo(Gold("minimum")).Within(1e-9), $"{fields[0]} {name}");
                Assert.That(values.Max(), Is.EqualTo(Gold("maximum")).Within(1e-9), $"{fields[0]} {name}");
                Assert.That(mean, Is.EqualTo(Gold("mean")).Within(1e-7), $"{fields[0]} {name}");

                double Gold(string statistic) =>
                    double.Parse(fields[Array.IndexOf(header, $"MagpieData {statistic} {name}")], CultureInfo.InvariantCulture);
            }

            rows++;
        }

        Assert.That(rows, Is.EqualTo(307));
    }

    [Test]
    public void Counts_of_electrons_add_up()
    {
        for (byte number = 1; number <= 97; number++)
        {
            ReadOnlySpan<double> of = MagpieProperties.Of(new Element(number));
            Assert.That(of[(int)MagpieProperty.Number], Is.EqualTo(number));
            int valence = (int)MagpieProperty.NsValence, unfilled = (int)MagpieProperty.NsUnfilled;
            double filled = 0, missing = 0;
            for (int shell = 0; shell < 4; shell++)
            {
                double electrons = of[valence + shell], capacity = 4 * shell + 2;
                Assert.That(of[unfilled + shell], Is.EqualTo(electrons == 0 ? 0 : capacity - electrons), $"Z {number}, l {shell}");
                filled += electrons;
                missing += of[unfilled + shell];
            }

            Assert.That((of[(int)MagpieProperty.NValence], of[(int)MagpieProperty.NUnfilled]), Is.EqualTo((filled, missing)),
                $"Z {number}");
        }
    }

    [TestCase("He", MagpieProperty.MeltingT)]
    [TestCase("Ne", MagpieProperty.Electronegativity)]
    [TestCase("At", MagpieProperty.SpaceGroupNumber)]
    [TestCase("Cf", MagpieProperty.Number)]
    public void What_Magpie_does_not_have_is_missing(string symbol, MagpieProperty property) =>
        Assert.That(MagpieProperties.Of(Element.Of(symbol), property), Is.NaN);
}
