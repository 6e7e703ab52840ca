using System.Text;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.Tests.Engine.Terminals;

/// <summary>What goes to a standard stream.</summary>
public sealed class TerminalWriterTests
{
    [Test]
    public void Nothing_but_letters_and_line_feeds_passes_however_it_is_written()
    {
        const string Hostile = "\u001B[2J\r\a";
        string written = Written(hasColors: false, output =>
        {
            output.Write(Hostile);
            output.WriteLine(Hostile);
            output.Write('\u001B');
            output.Write(Hostile.AsSpan());
            output.Write(Hostile.ToCharArray());
            output.WriteLine("{0}", Hostile);
            output.Write(new StringBuilder(Hostile));
            output.WriteLine();
            output.Write(TextColor.Bad, Hostile);
            output.Flush();
        });
        Assert.That(written.Split("\\u001B[2J\\u000D\\u0007"), Has.Length.EqualTo(8));
        Assert.That(written.Where(char.IsControl), Is.EqualTo(new[] { '\n', '\n', '\n' }));
    }

    [Test]
    public void Colors_and_redrawn_lines_are_ours_and_what_they_hold_is_not()
    {
        Assert.That(Written(hasColors: true, output => output.Write(TextColor.Good, "a\u001B[0m")),
            Is.EqualTo("\u001B[32ma\\u001B[0m\u001B[0m"));
        Assert.That(Written(hasColors: false, output => output.Redraw("a\n", isLast: true)), Is.EqualTo("\ra\\u000A\u001B[K\n"));
    }

    [Test]
    public void A_stream_that_cannot_be_opened_or_written_is_remembered_and_never_thrown()
    {
        using var closed = new TerminalWriter(() => throw new UnauthorizedAccessException("denied", new IOException("Bad file descriptor")),
            Encoding.UTF8, hasColors: false);
        closed.WriteLine("x");
        closed.Write(TextColor.Good, "x");
        Assert.That(closed.Failure, Is.EqualTo("Bad file descriptor"));
        using var full = new TerminalWriter(() => new FileStream("/dev/full", FileMode.Open, FileAccess.Write), Encoding.UTF8,
            hasColors: false);
        Assert.That(full.Failure, Is.Null);
        full.WriteLine("x");
        Assert.That(full.Failure, Does.Contain("No space left"));
    }

    private static string Written(bool hasColors, Action<TerminalWriter> write)
    {
        var stream = new MemoryStream();
        using var output = new TerminalWriter(() => stream, new UTF8Encoding(false), hasColors);
        write(output);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
