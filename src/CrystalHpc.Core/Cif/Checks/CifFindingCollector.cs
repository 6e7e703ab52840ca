using System.Runtime.CompilerServices;
using System.Text;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// Gathers the findings of one file by offset, a bounded number of them, and hands them out in file order with line and column.
/// </summary>
internal sealed class CifFindingCollector
{
    /// <summary>
    /// Findings kept of one file, apart from the first of each code, which is kept always: an error must not drown in warnings.
    /// </summary>
    public const int MaxFindings = 200;

    private const int MaxShownBytes = 40;

    private readonly List<(int Offset, FindingCode Code, string Message)> _findings = [];
    private readonly HashSet<FindingCode> _seen = new(ReferenceEqualityComparer.Instance);
    private int _count;

    /// <summary>True when another finding of the code would be kept: asked before its message is made.</summary>
    public bool Keeps(FindingCode code) => _count < MaxFindings || !_seen.Contains(code);

    /// <summary>Adds a finding at an offset, or about the file as a whole when the offset is negative.</summary>
    public void Add(FindingCode code, int offset, string message)
    {
        if (Keeps(code))
        {
            _findings.Add((offset, code, message));
            _seen.Add(code);
        }

        _count++;
    }

    /// <inheritdoc cref="Add(FindingCode, int, string)"/>
    public void Add(FindingCode code, int offset, [InterpolatedStringHandlerArgument("", nameof(code))] ref CifMessage message) =>
        Add(code, offset, message.ToText());

    /// <summary>Hands out what was gathered.</summary>
    public void Report(CifDocument document, ICollection<Finding> findings)
    {
        foreach ((int offset, FindingCode code, string message) in _findings.OrderBy(finding => finding.Offset))
        {
            (int line, int column) = offset < 0 ? (0, 0) : document.Locate(offset);
            findings.Add(new Finding(code, line, column, message));
        }

        if (_count > _findings.Count)
            findings.Add(new Finding(CifFindings.Truncated, $"{_findings.Count} of {_count} findings are listed"));
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
