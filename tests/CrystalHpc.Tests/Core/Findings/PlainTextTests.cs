using System.Text.Json;
using CrystalHpc.Core.Findings;
using FsCheck;
using FsCheck.Fluent;

namespace CrystalHpc.Tests.Core.Findings;

/// <summary>
/// Text of others as it may be shown: nothing that moves the cursor, changes colors or turns the direction of what follows.
/// </summary>
public sealed class PlainTextTests
{
    [TestCase("Na1+ Å β 硅 😀", "Na1+ Å β 硅 😀")]
    [TestCase("\u001B[31mred", "\\u001B[31mred")]
    [TestCase("a\tb\r\nc\0\u007F", "a\\u0009b\\u000D\\u000Ac\\u0000\\u007F")]
    [TestCase("\u009B31m", "\\u009B31m")]
    [TestCase("cif.\u202Etxt\u2069\u200F\uFEFF\u00AD", "cif.\\u202Etxt\\u2069\\u200F\\uFEFF\\u00AD")]
    [TestCase("a\u2028b\u2029", "a\\u2028b\\u2029")]
    public void What_is_invisible_is_written_out(string text, string expected)
    {
        Assert.That(PlainText.Of(text), Is.EqualTo(expected));
        Assert.That(PlainText.IsPlain(text), Is.EqualTo(text == expected));
    }

    // Attributes cannot hold these.
    [Test]
    public void Halves_and_pairs_of_surrogates_are_told_apart()
    {
        Assert.That(PlainText.Of("\uD83D"), Is.EqualTo("\\uD83D"));
        Assert.That(PlainText.Of("x\uDE00y"), Is.EqualTo("x\\uDE00y"));
        Assert.That(PlainText.Of("\uFFFE"), Is.EqualTo("\\uFFFE"), "no character");
        Assert.That(PlainText.Of("\U000E0041"), Is.EqualTo("\\uDB40\\uDC41"), "a tag character");
    }

    [Test]
    public void Only_line_feeds_stay_in_lines() => Assert.That(PlainText.Lines("a\nb\r\u001B"), Is.EqualTo("a\nb\\u000D\\u001B"));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Json_that_is_made_plain_means_the_same() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements("a\"\\\u001B\u007F\u0085\u202E\u2028\n\t\uFEFFÅ".ToCharArray())).ToArbitrary(),
        characters =>
        {
            string text = new(characters);
            string plain = PlainText.Lines(JsonSerializer.Serialize(text, CrystalHpc.Engine.Commands.JobSummary.Json));
            return PlainText.IsPlain(plain) && JsonSerializer.Deserialize<string>(plain) == text;
        });
}
