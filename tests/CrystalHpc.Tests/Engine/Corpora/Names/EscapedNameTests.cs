using CrystalHpc.Engine.Corpora;

namespace CrystalHpc.Tests.Engine.Corpora;

/// <summary>Escaped names are plain text, and stand for one name each.</summary>
public sealed class EscapedNameTests
{
    [TestCase("plain name, with \"quotes\" é 漢.cif", "plain name, with \"quotes\" é 漢.cif")]
    [TestCase("50%.cif", "50%.cif")]
    [TestCase("50%AF.cif", "50%25AF.cif")]
    [TestCase("a!b;c|d", "a%21b%3Bc%7Cd")]
    [TestCase("\u001b[31m\r\n\u0085", "%1B[31m%0D%0A%C2%85")]
    [TestCase("\u202Ereversed\u2028", "%E2%80%AEreversed%E2%80%A8")]
    public void Only_what_would_break_a_table_or_a_terminal_is_escaped(string name, string escaped)
    {
        Assert.That(EscapedName.Of(name), Is.EqualTo(escaped));
        Assert.That(EscapedName.Parse(escaped), Is.EqualTo(name));
    }

    [Test]
    public void Any_bytes_have_an_escaped_form_of_their_own()
    {
        var random = new Random(11);
        var seen = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        byte[] alphabet = [.. "a%2F"u8, 0x09, 0xC3, 0xA9, 0xFF, 0x80, 0xE2, 0xF0];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] name = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => alphabet[random.Next(alphabet.Length)])];
            string escaped = EscapedName.Of(name);
            Assert.That(EscapedName.Of(EscapedName.Parse(escaped)), Is.EqualTo(escaped));
            if (seen.TryGetValue(escaped, out byte[]? other))
                Assert.That(name, Is.EqualTo(other), escaped);
            seen[escaped] = name;
        }
    }
}
