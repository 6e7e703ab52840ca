namespace CrystalHpc.Core.Cif;

/// <summary>
/// One value to be written: text, which the writer quotes as needed, or a number, unknown or inapplicable value, which stands without
/// quotes. Strings and numbers convert by themselves: <c>writer.Item("_cell_length_a", 5.64)</c>.
/// </summary>
public readonly record struct CifField
{
    private readonly string? _content;
    private readonly bool _isText;

    private CifField(string content, bool isText)
    {
        _content = content;
        _isText = isText;
    }

    /// <summary>An unknown value, <c>?</c>.</summary>
    public static CifField Unknown { get; } = new("?", isText: false);

    /// <summary>An inapplicable value, <c>.</c>.</summary>
    public static CifField Inapplicable { get; } = new(".", isText: false);

    /// <summary>What is written, before quoting; <c>?</c> for a default field.</summary>
    public string Content => _content ?? "?";

    /// <summary>True when the content is written as it stands, without quotes.</summary>
    public bool IsBare => !_isText;

    /// <summary>A text; null becomes unknown.</summary>
    public static CifField Text(string? text) => text is null ? Unknown : new CifField(text, isText: true);

    /// <summary>A number with as many digits as it takes to read the same double again; unknown when it is not finite.</summary>
    public static CifField Number(double value) =>
        double.IsFinite(value) ? new CifField(CifNumberFormat.Format(value), isText: false) : Unknown;

    /// <summary>
    /// A number with its standard uncertainty in parentheses, rounded by the rule of 19: the uncertainty keeps two digits up to 19 and
    /// one digit beyond. Without a positive finite uncertainty the number alone.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="uncertainty">Its standard uncertainty in the same unit.</param>
    public static CifField Number(double value, double uncertainty) =>
        double.IsFinite(value) && double.IsFinite(uncertainty) && uncertainty > 0
            ? new CifField(CifNumberFormat.Format(value, uncertainty), isText: false)
            : Number(value);

    /// <summary>A number that reads as the same double, with zeros up to this many decimals: they tell how finely it is known.</summary>
    public static CifField WithDecimals(double value, int leastDecimals)
    {
        string text = Number(value).Content;
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : text.Length - point - 1;
        bool plain = double.IsFinite(value) && !text.Contains('E', StringComparison.Ordinal);
        return plain && decimals < leastDecimals
            ? new CifField(text + (point < 0 ? "." : "") + new string('0', leastDecimals - decimals), isText: false)
            : Number(value);
    }

    /// <summary>A text; null becomes unknown.</summary>
    public static implicit operator CifField(string? text) => Text(text);

    /// <summary>A number.</summary>
    public static implicit operator CifField(double value) => Number(value);
}
