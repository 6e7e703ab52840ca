using System.Runtime.CompilerServices;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Cif;

/// <summary>Lets the text of a finding be made only when the finding is kept: a file may break the rules millions of times.</summary>
[InterpolatedStringHandler]
internal ref struct CifMessage
{
    private DefaultInterpolatedStringHandler _text;

    public CifMessage(int literalLength, int formattedCount, CifFindingCollector collector, FindingCode code, out bool isKept)
    {
        isKept = collector.Keeps(code);
        _text = isKept ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted(int value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string format) => _text.AppendFormatted(value, format);

    public void AppendFormatted(string value) => _text.AppendLiteral(value);

    public void AppendFormatted(ReadOnlySpan<byte> bytes) => _text.AppendLiteral(CifFindingCollector.Show(bytes));

    /// <summary>The text, empty when the finding is not kept.</summary>
    public string ToText() => _text.ToStringAndClear();
}
