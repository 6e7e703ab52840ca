using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Findings;

/// <summary>A finding is a row of a table: its message is one line, whatever it quotes from a file.</summary>
public sealed class FindingTests
{
    [TestCase("_cell_length_a is '5 Å'", "_cell_length_a is '5 Å'")]
    [TestCase("of two\r\nlines\0\t\u0085", @"of two lines\u0000  ")]
    public void A_message_is_one_line(string message, string expected) =>
        Assert.That(new Finding(CifFindings.Empty, 1, 2, message).Message, Is.EqualTo(expected));

    [Test]
    public void A_long_message_is_cut() =>
        Assert.That(new Finding(CifFindings.Empty, new string('x', 100_000)).Message, Is.EqualTo(new string('x', 297) + "..."));
}
