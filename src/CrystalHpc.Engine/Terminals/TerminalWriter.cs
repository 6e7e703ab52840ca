using System.Text;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Engine.Terminals;

/// <summary>
/// Text for people and scripts on a standard stream. Whatever file names and file contents hold, nothing but letters and line feeds reaches
/// a terminal; only colors and redrawn lines, which have calls of their own, send control sequences. A stream that is full or closed is
/// remembered, never thrown: what a job computes is worth more than what it says.
/// </summary>
/// <param name="open">Opens the stream.</param>
/// <param name="encoding">Encoding of the stream.</param>
/// <param name="hasColors">True when colors are shown.</param>
public sealed class TerminalWriter(Func<Stream> open, Encoding encoding, bool hasColors) : TextWriter
{
    private readonly Lock _lock = new();
    private Stream? _stream;

    /// <inheritdoc/>
    public override Encoding Encoding => encoding;

    /// <summary>Why something could not be written; null while all could.</summary>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value) => Send(PlainText.Lines(value ?? ""));

    /// <summary>Writes a line at once, so that the lines of several ranks stay whole.</summary>
    public override void WriteLine(string? value) => Send(PlainText.Lines(value ?? "") + "\n");

    /// <inheritdoc/>
    public override void WriteLine() => Send("\n");

    /// <summary>Writes text in a color, where colors are shown.</summary>
    public void Write(TextColor color, string text)
    {
        string plain = PlainText.Lines(text);
        Send(hasColors ? $"\u001b[{(int)color}m{plain}\u001b[0m" : plain);
    }

    /// <summary>Replaces the line that the cursor is in.</summary>
    public void Redraw(string line, bool isLast) => Send($"\r{PlainText.Of(line)}\u001b[K{(isLast ? "\n" : "")}");

    private void Send(string text)
    {
        lock (_lock)
        {
            try
            {
                _stream ??= open();
                _stream.Write(encoding.GetBytes(text));
                _stream.Flush();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Failure ??= (fault.InnerException ?? fault).Message;
            }
        }
    }
}
