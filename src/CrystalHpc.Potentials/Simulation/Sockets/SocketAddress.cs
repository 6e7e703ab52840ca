using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CrystalHpc.Potentials.Simulation.Sockets;

/// <summary>Where programs that speak the protocol of i-PI meet: a Unix socket, or a port of a host.</summary>
internal sealed record SocketAddress
{
    // sockaddr_un holds 108 bytes, the last of them zero.
    private const int LongestPath = 107;

    private SocketAddress(string text, EndPoint end) => (Text, End) = (text, end);

    /// <summary>For people.</summary>
    public string Text { get; }

    /// <summary>For sockets.</summary>
    public EndPoint End { get; }

    /// <summary>A Unix socket; a name without a folder stands for <c>/tmp/ipi_NAME</c>, as i-PI and ASE have it.</summary>
    /// <param name="name">Name or path.</param>
    /// <param name="problem">Why it cannot be one.</param>
    public static SocketAddress? OfUnix(string name, out string? problem)
    {
        string path = name.Contains('/', StringComparison.Ordinal) ? name : $"/tmp/ipi_{name}";
        int length = Encoding.UTF8.GetByteCount(path);
        problem = name.Length == 0 ? "a socket needs a name"
            : length > LongestPath ? string.Create(CultureInfo.InvariantCulture,
                $"the path of a Unix socket has at most {LongestPath} bytes, {path} has {length}")
            : null;
        return problem is null ? new SocketAddress(path, new UnixDomainSocketEndPoint(path)) : null;
    }

    /// <summary>A port: <c>HOST:PORT</c>, or <c>PORT</c> on this machine.</summary>
    /// <param name="text">Host and port.</param>
    /// <param name="problem">Why it cannot be one.</param>
    public static SocketAddress? OfPort(string text, out string? problem)
    {
        int colon = text.LastIndexOf(':');
        (string host, string port) = colon < 0 ? ("localhost", text) : (text[..colon], text[(colon + 1)..]);
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 65535
            || host.Length == 0)
        {
            problem = $"'{text}' is no host and port from 1 to 65535, such as localhost:31415";
            return null;
        }

        problem = null;
        return new SocketAddress($"{host}:{number}", new DnsEndPoint(host, number));
    }

    /// <summary>Connects, and goes on trying for a while where nobody listens yet.</summary>
    /// <exception cref="SocketException">Nobody listened.</exception>
    public Socket Connect(TimeSpan patience)
    {
        DateTime end = DateTime.UtcNow + patience;
        while (true)
        {
            var socket = End is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Connect(End);
                return socket;
            }
            catch (SocketException) when (DateTime.UtcNow < end)
            {
                socket.Dispose();
                Thread.Sleep(50);
            }
            catch (SocketException)
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>Listens for one client at a time.</summary>
    /// <exception cref="SocketException">Something else listens there.</exception>
    public Socket Listen()
    {
        var socket = End is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // Other machines have no business here.
            socket.Bind(End is DnsEndPoint port ? new IPEndPoint(IPAddress.Loopback, port.Port) : End);
            socket.Listen(1);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
