using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace CrystalHpc.Potentials.Simulation.Sockets;

/// <summary>
/// The bytes of the protocol of i-PI (M. Ceriotti, J. More and D. E. Manolopoulos, Comput. Phys. Commun. 185 (2014) 1019): headers of 12
/// characters, integers of 4 bytes, doubles of 8, the low byte first; lengths in bohr, energies in hartree.
/// </summary>
internal sealed class IpiWire(Stream stream)
{
    /// <summary>1 bohr in A.</summary>
    public const double BohrAngstrom = 0.529177210903;

    /// <summary>1 hartree in eV.</summary>
    public const double HartreeElectronVolt = 27.211386245988;

    private const int HeaderLength = 12;

    private readonly byte[] _header = new byte[HeaderLength];

    /// <summary>Reads a header; null where the other side has closed between two messages.</summary>
    /// <exception cref="IOException">The connection was lost, or the header is no text.</exception>
    public string? ReadHeader()
    {
        int read = stream.ReadAtLeast(_header, HeaderLength, throwOnEndOfStream: false);
        if (read == 0)
            return null;
        if (read < HeaderLength)
            throw new IOException("the connection was lost within a message");
        if (_header.Any(letter => letter is < 0x20 or > 0x7E))
            throw new IOException($"a header of bytes {Convert.ToHexStringLower(_header)} is no text");
        return Encoding.ASCII.GetString(_header).TrimEnd();
    }

    /// <summary>Reads an integer.</summary>
    public int ReadInteger()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    /// <summary>Reads doubles.</summary>
    public void ReadDoubles(Span<double> values) => Fill(MemoryMarshal.AsBytes(values));

    /// <summary>Reads bytes that do not matter.</summary>
    public void Skip(int count)
    {
        Span<byte> bytes = stackalloc byte[256];
        for (; count > 0; count -= bytes.Length)
            Fill(bytes[..Math.Min(count, bytes.Length)]);
    }

    /// <summary>Sends a header alone.</summary>
    public void Send(string header) => Send(header, _ => { });

    /// <summary>Sends a message as a whole: i-PI takes a short answer for a lost connection.</summary>
    public void Send(string header, Action<BinaryWriter> write)
    {
        using var message = new MemoryStream();
        using var writer = new BinaryWriter(message);
        writer.Write(Encoding.ASCII.GetBytes(header.PadRight(HeaderLength)));
        write(writer);
        writer.Flush();
        stream.Write(message.GetBuffer(), 0, (int)message.Length);
        stream.Flush();
    }

    private void Fill(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new IOException("the connection was lost within a message");
    }
}
