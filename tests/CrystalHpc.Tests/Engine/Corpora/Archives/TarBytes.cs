using System.Globalization;
using System.Text;

namespace CrystalHpc.Tests.Engine.Corpora;

/// <summary>Tar archives byte by byte, for members that no library writes (POSIX.1-2017, pax; GNU tar manual, appendix D).</summary>
internal static class TarBytes
{
    /// <summary>The end mark.</summary>
    public static readonly byte[] End = new byte[1024];

    /// <summary>A member: header, data, padding.</summary>
    public static byte[] Member(string name, string text, char type = '0', string link = "") =>
        Member(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(text), type, link);

    /// <summary>A member whose name is given by its bytes.</summary>
    public static byte[] Member(byte[] name, byte[] data, char type = '0', string link = "", Action<byte[]>? change = null)
    {
        byte[] header = new byte[512];
        name.CopyTo(header, 0);
        Encoding.ASCII.GetBytes("0000644\0").CopyTo(header, 100);
        Encoding.ASCII.GetBytes(Convert.ToString(data.Length, 8).PadLeft(11, '0')).CopyTo(header, 124);
        header[156] = (byte)type;
        Encoding.UTF8.GetBytes(link).CopyTo(header, 157);
        Encoding.ASCII.GetBytes("ustar\00000").CopyTo(header, 257);
        change?.Invoke(header);
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        return [.. header, .. data, .. new byte[-data.Length & 511]];
    }

    /// <summary>Records of pax about the next member.</summary>
    public static byte[] Records(params (string Key, string Value)[] records) =>
        Member("PaxHeaders/x", string.Concat(records.Select(record => Record(record.Key, record.Value))), 'x');

    private static string Record(string key, string value)
    {
        string rest = $" {key}={value}\n";
        int length = Encoding.UTF8.GetByteCount(rest) + 2;
        return (length + (length > 99 ? 1 : 0)).ToString(CultureInfo.InvariantCulture) + rest;
    }
}
