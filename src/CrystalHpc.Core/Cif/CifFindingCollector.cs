using System.Runtime.CompilerServices;
using System.Text;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Cif;

/// <summary>Gathers the findings of one file by offset, a bounded number of them, and hands them out in file order with line and column.</summary>
internal sealed class CifFindingCollector
{
    /// <summary>Findings kept of one file.</summary>
    public const int MaxFindings = 200;

    private const int MaxShownBytes = 40;

    private readonly List<(int Offset, FindingCode Code, string Message)> _findings = [];
    private int _count;

    /// <summary>True when another finding would be kept: asked before its message is made.</summary>
    public bool Keeps => _count < MaxFindings;

    /// <summary>Adds a finding at an offset, or about the file as a whole when the offset is negative.</summary>
    public void Add(FindingCode code, int offset, string message)
    {
        if (_count++ < MaxFindings)
            _findings.Add((offset, code, message));
    }

    /// <inheritdoc cref="Add(FindingCode, int, string)"/>
    public void Add(FindingCode code, int offset, [InterpolatedStringHandlerArgument("")] ref CifMessage message) =>
        Add(code, offset, message.ToText());

    /// <summary>Hands out what was gathered.</summary>
    public void Report(CifDocument document, ICollection<Finding> findings)
    {
        foreach ((int offset, FindingCode code, string message) in _findings.OrderBy(finding => finding.Offset))
        {
            (int line, int column) = offset < 0 ? (0, 0) : document.Locate(offset);
            findings.Add(new Finding(code, line, column, message));
        }

        if (_count > MaxFindings)
            findings.Add(new Finding(CifFindings.Truncated, $"{MaxFindings} of {_count} findings are listed"));
    }

    /// <summary>A short printable form of some bytes for a message.</summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        bool isCut = bytes.Length > MaxShownBytes;
        string text = Encoding.Latin1.GetString(isCut ? bytes[..MaxShownBytes] : bytes);
        string printable = string.Create(text.Length, text, static (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
                target[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
        });
        return isCut ? printable + "..." : printable;
    }
}
