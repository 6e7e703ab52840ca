using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// Names of files and members as tables hold them: what would break a line, a list in a table or a terminal, or is no UTF-8, stands as
/// <c>%</c> and two hexadecimal digits for each byte, as in URIs. A percent sign that looks like one of these does, too, so that every name
/// can be told from its escaped form.
/// </summary>
public static partial class EscapedName
{
    // Bytes that are no UTF-8 stand in unescaped names as characters of the private-use area.
    private const char FirstRaw = '\uF780', LastRaw = '\uF7FF';
    private const int RawOffset = 0xF700;

    /// <summary>UTF-8 that keeps bytes which are none.</summary>
    public static Encoding Encoding { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new RawByteFallback());

    /// <summary>The escaped form of a name.</summary>
    public static string Of(string name)
    {
        if (!Special().IsMatch(name))
            return name;
        return Special().Replace(name, match => string.Concat(match.ValueSpan[0] is >= FirstRaw and <= LastRaw
            ? [Hex((byte)(match.ValueSpan[0] - RawOffset))]
            : Encoding.UTF8.GetBytes(match.Value).Select(Hex)));
    }

    /// <summary>The escaped form of a name that is given by its bytes.</summary>
    public static string Of(ReadOnlySpan<byte> name) => Of(Encoding.GetString(name));

    /// <summary>The name that an escaped form stands for.</summary>
    public static string Parse(string escaped) => !escaped.Contains('%', StringComparison.Ordinal) ? escaped : Escaped().Replace(
        escaped, match => Encoding.GetString(Convert.FromHexString(match.Value.Replace("%", "", StringComparison.Ordinal))));

    /// <summary>True for a name, unescaped, with bytes that are no UTF-8: .NET can open no such file.</summary>
    public static bool HasRawBytes(string name) => name.AsSpan().ContainsAnyInRange(FirstRaw, LastRaw);

    private static string Hex(byte value) => "%" + value.ToString("X2", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[!;|\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uF780-\uF7FF]|%(?=[0-9A-F]{2})")]
    private static partial Regex Special();

    [GeneratedRegex("(%[0-9A-F]{2})+")]
    private static partial Regex Escaped();

    private sealed class RawByteFallback : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : DecoderFallbackBuffer
        {
            private byte[] _bytes = [];
            private int _next;

            public override int Remaining => _bytes.Length - _next;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                (_bytes, _next) = (bytesUnknown, 0);
                return bytesUnknown.Length > 0;
            }

            public override char GetNextChar() => _next < _bytes.Length ? (char)(RawOffset + _bytes[_next++]) : '\0';

            public override bool MovePrevious()
            {
                if (_next == 0)
                    return false;
                _next--;
                return true;
            }

            public override void Reset() => (_bytes, _next) = ([], 0);
        }
    }
}
