using System.Globalization;
using System.IO.Compression;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Learning.Formulas;

namespace CrystalHpc.Tests.Learning.Formulas;

/// <summary>Features of formulas against those of matminer and against known answers.</summary>
public sealed class FormulaFeaturesTests
{
    [Test]
    public void Features_are_those_of_matminer()
    {
        string path = TestPaths.SharedOrIgnore("gold/magpie-features.csv.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        int[] columns = [.. header.Skip(1).Select(ColumnOf)];
        Assert.That(columns.Count(column => column >= 0), Is.EqualTo(142));
        int rows = 0;
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            double[] features = FeaturesOf(fields[0]);
            rows++;
            for (int i = 0; i < columns.Length; i++)
            {
                double expected = double.Parse(fields[i + 1], CultureInfo.InvariantCulture);
                if (columns[i] >= 0)
                    Assert.That(features[columns[i]], Is.EqualTo(expected).Within(1e-7), $"{fields[0]}: {header[i + 1]}");
            }
        }

        Assert.That(rows, Is.EqualTo(307));
    }

    [Test]
    public void Sodium_chloride_has_a_mean_atomic_number_of_14_and_a_range_of_electronegativity_of_2_23()
    {
        double[] features = FeaturesOf("NaCl");
        Assert.Multiple(() =>
        {
            Assert.That(features[IndexOf("mean Number")], Is.EqualTo(14).Within(1e-12));
            Assert.That(features[IndexOf("range Electronegativity")], Is.EqualTo(2.23).Within(1e-12));
            Assert.That(features[IndexOf("max ionic char")], Is.EqualTo(1 - Math.Exp(-0.25 * 2.23 * 2.23)).Within(1e-12));
            Assert.That(features[IndexOf("avg ionic char")], Is.EqualTo(0.25 * (1 - Math.Exp(-0.25 * 2.23 * 2.23))).Within(1e-12));
            Assert.That(features[IndexOf("2-norm")], Is.EqualTo(Math.Sqrt(0.5)).Within(1e-12));
        });
    }

    [Test]
    public void Multiples_and_the_order_of_elements_change_nothing([Values("Ti4O8", "O2Ti", "(TiO2)3", "Ti0.5O")] string text)
    {
        Assert.That(FeaturesOf(text), Is.EqualTo(FeaturesOf("TiO2")));
        double[] slots = new double[SlotFeatures.Count], expected = new double[SlotFeatures.Count];
        SlotFeatures.Write(CompositionOf(text), slots);
        SlotFeatures.Write(CompositionOf("TiO2"), expected);
        Assert.That(slots, Is.EqualTo(expected));
    }

    [Test]
    public void Missing_properties_are_named_and_take_the_mean_of_the_elements_that_have_one()
    {
        Assert.That(ElementTable.Imputed, Does.Contain("He Electronegativity").And.Contains("Bk CovalentRadius").And.Exactly(10).Items);
        double[] known = [.. Enumerable.Range(1, 97).Select(z => MagpieProperties.Of(new((byte)z), MagpieProperty.Electronegativity))
            .Where(value => !double.IsNaN(value))];
        Assert.That(ElementTable.Of(1)[(int)MagpieProperty.Electronegativity], Is.EqualTo(known.Average()).Within(1e-12));
    }

    [Test]
    public void Elements_beyond_berkelium_are_refused_by_name()
    {
        Assert.That(Formula.TryParse("CfO2", out Formula? formula, out _));
        Assert.That(Composition.TryCreate(formula!, out _, out global::CrystalHpc.Core.Findings.Finding? problem), Is.False);
        Assert.That(problem!.Value.Code, Is.EqualTo(CompositionFindings.NoProperties));
        Assert.That(problem.Value.Message, Does.Contain("Cf"));
    }

    [Test]
    public void Amounts_beyond_a_million_are_refused()
    {
        Assert.That(Formula.TryParse("FeO2000001", out Formula? formula, out _));
        Assert.That(Composition.TryCreate(formula!, out _, out global::CrystalHpc.Core.Findings.Finding? problem), Is.False);
        Assert.That(problem!.Value.Code, Is.EqualTo(CompositionFindings.LargeAmount));
    }

    [Test]
    public void Slots_are_ordered_by_amount_then_by_electronegativity()
    {
        Composition composition = CompositionOf("SrTiO3");
        Assert.That(composition.Elements.ToArray(), Is.EqualTo(new byte[] { 7, 37, 21 }));
        Assert.That(composition.Amounts.ToArray(), Is.EqualTo(new[] { 3, 1, 1 }));
    }

    [Test]
    public void Elements_have_a_mean_distance_of_one_and_alike_ones_are_near()
    {
        double sum = 0;
        for (int i = 0; i < Composition.KnownElements; i++)
        {
            foreach (float square in ElementSpace.SquaredDistances(i))
                sum += Math.Sqrt(square);
        }

        Assert.That(sum / (97 * 96), Is.EqualTo(1).Within(1e-5));
        Assert.That(ElementSpace.SquaredDistances(36)[18], Is.LessThan(ElementSpace.SquaredDistances(36)[7]),
            "Rb is nearer to K than to O");
    }

    internal static Composition CompositionOf(string text)
    {
        Assert.That(Formula.TryParse(text, out Formula? formula, out _), text);
        Assert.That(Composition.TryCreate(formula!, out Composition? composition, out _), text);
        return composition!;
    }

    private static double[] FeaturesOf(string text)
    {
        var features = new double[FormulaFeatures.Count];
        FormulaFeatures.Write(CompositionOf(text), features);
        return features;
    }

    private static int ColumnOf(string name)
        => IndexOf(name.Replace("MagpieData ", "", StringComparison.Ordinal).Replace("_pa", "", StringComparison.Ordinal));

    private static int IndexOf(string name) => FormulaFeatures.Names.ToList().IndexOf(name);
}
