using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Tests.Core.Formulas;

/// <summary>What holds for all formulas, on random ones.</summary>
public sealed class FormulaPropertyTests
{
    private const int Trials = 2000;

    [Test]
    public void A_formula_that_is_written_reads_back_as_itself()
    {
        foreach ((Element Element, string Amount)[] terms in RandomTerms(1))
        {
            Formula first = Read(Write(terms));
            Formula second = Read(first.ToString());
            Assert.That(second.Terms, Is.EqualTo(first.Terms), first.ToString());
            Assert.That(Read(first.Reduced).Reduced, Is.EqualTo(first.Reduced));
        }
    }

    [Test]
    public void The_order_of_elements_does_not_matter()
    {
        var random = new Random(2);
        foreach ((Element Element, string Amount)[] terms in RandomTerms(3))
        {
            Formula formula = Read(Write(terms));
            random.Shuffle(terms);
            Assert.That(Read(Write(terms)).Terms, Is.EqualTo(formula.Terms));
        }
    }

    [Test]
    public void Multiples_have_the_same_reduced_formula_and_multiples_of_the_mass()
    {
        foreach ((Element Element, string Amount)[] terms in RandomTerms(4))
        {
            Formula formula = Read(Write(terms)), multiple = Read($"[{Write(terms)}]6");
            Assert.That(multiple.Reduced, Is.EqualTo(formula.Reduced));
            Assert.That(multiple.Anonymous, Is.EqualTo(formula.Anonymous));
            Assert.That(multiple.MassU, Is.EqualTo(6 * formula.MassU).Within(1e-9 * multiple.MassU));
        }
    }

    [Test]
    public void Brackets_and_separators_add_their_parts_up()
    {
        foreach ((Element Element, string Amount)[] terms in RandomTerms(5))
        {
            string text = Write(terms);
            Formula sum = Read($"Na2{text}{text}{text}O");
            Assert.That(Read($"Na2[{text}]3O").Terms, Is.EqualTo(sum.Terms), text);
            Assert.That(Read($"Na2O·3{text}").Terms, Is.EqualTo(sum.Terms), text);
        }
    }

    [Test]
    public void Random_texts_are_read_or_refused_within_their_length()
    {
        const string Letters = "HCNOFeSiCuxdé0123456789.,·*()[]{}+-/_^<>\\$ ²⁻₃½α@:%'\u200b";
        var random = new Random(6);
        for (int trial = 0; trial < 20 * Trials; trial++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Letters[random.Next(Letters.Length)]));
            if (Formula.TryParse(text, out Formula? formula, out FormulaRefusal? refusal))
                Assert.That(Read(formula.ToString()).Terms, Is.EqualTo(formula.Terms), text);
            else
                Assert.That(refusal.Position, Is.InRange(1, text.Length + 1), text);
        }
    }

    private static IEnumerable<(Element Element, string Amount)[]> RandomTerms(int seed)
    {
        string[] amounts = ["", "1", "2", "3", "12", "0.5", "0.25", "1.75", "1/3", "2/3", "0.667", "1e-2"];
        var random = new Random(seed);
        for (int trial = 0; trial < Trials; trial++)
        {
            yield return [.. Enumerable.Range(0, random.Next(1, 7))
                .Select(_ => (new Element((byte)random.Next(3, Element.Count + 1)), amounts[random.Next(amounts.Length)]))];
        }
    }

    // Blanks, so that no period can be taken for a separator.
    private static string Write((Element Element, string Amount)[] terms)
        => string.Join(' ', terms.Select(term => term.Element.Symbol + term.Amount));

    private static Formula Read(string text)
    {
        Assert.That(Formula.TryParse(text, out Formula? formula, out FormulaRefusal? refusal), Is.True, $"{text}: {refusal?.Reason}");
        return formula!;
    }
}
