using System.Net.Sockets;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Simulation.Sockets;

/// <summary>
/// Another program that speaks the protocol of i-PI as an <see cref="IEnergyModel"/>: it connects as client and computes what it is sent. A
/// client that is lost, breaks the protocol or takes too long has no answer for that structure; the next one waits for a client again.
/// </summary>
internal sealed class IpiServerModel : IEnergyModel, IDisposable
{
    private const int LongestText = 1 << 30;

    private readonly SocketAddress _address;
    private readonly TimeSpan _patience;
    private readonly Socket _listener;
    private Socket? _client;
    private IpiWire? _wire;

    /// <summary>Listens.</summary>
    /// <param name="address">Where.</param>
    /// <param name="patience">How long to wait for a client, and for each answer.</param>
    /// <exception cref="SocketException">Something else listens there.</exception>
    public IpiServerModel(SocketAddress address, TimeSpan patience)
    {
        (_address, _patience) = (address, patience);
        _listener = address.Listen();
    }

    /// <inheritdoc/>
    public string Name => _address.Text;

    /// <inheritdoc/>
    public bool Knows(Element element) => true;

    /// <inheritdoc/>
    public AtomicEnergy? Compute(AtomFrame frame, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(frame);
        try
        {
            AtomicEnergy answer = Ask(Connect(), frame);
            problem = null;
            return answer;
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            problem = $"{_address.Text}: {fault.Message.ReplaceLineEndings(" ")}";
            Drop();
            return null;
        }
    }

    /// <summary>Tells the client that it is done, and stops listening.</summary>
    public void Dispose()
    {
        try
        {
            _wire?.Send("EXIT");
        }
        catch (IOException)
        {
            // It has gone already.
        }

        Drop();
        _listener.Dispose();
        if (_address.End is UnixDomainSocketEndPoint)
            File.Delete(_address.Text);
    }

    private IpiWire Connect()
    {
        if (_wire is not null)
            return _wire;
        if (!_listener.Poll(_patience, SelectMode.SelectRead))
            throw new IOException(FormattableString.Invariant($"no client came within {_patience.TotalSeconds:0.###} s"));
        _client = _listener.Accept();
        (_client.ReceiveTimeout, _client.SendTimeout) = ((int)_patience.TotalMilliseconds, (int)_patience.TotalMilliseconds);
        return _wire = new IpiWire(new NetworkStream(_client));
    }

    private void Drop()
    {
        _client?.Dispose();
        (_client, _wire) = (null, null);
    }

    private static AtomicEnergy Ask(IpiWire wire, AtomFrame frame)
    {
        string status = Status(wire);
        if (status == "NEEDINIT")
        {
            wire.Send("INIT", writer =>
            {
                writer.Write(0);
                writer.Write(1);
                writer.Write((byte)' ');
            });
            status = Status(wire);
        }

        if (status != "READY")
            throw new IOException($"the client answered {status} where READY is due");
        wire.Send("POSDATA", writer => WriteStructure(writer, frame));
        string after = Status(wire);
        if (after != "HAVEDATA")
            throw new IOException($"the client answered {after} where HAVEDATA is due");
        wire.Send("GETFORCE");
        return wire.ReadHeader() is "FORCEREADY" ? ReadForces(wire, frame.AtomCount) : throw new IOException("the client sent no forces");
    }

    private static string Status(IpiWire wire)
    {
        wire.Send("STATUS");
        return wire.ReadHeader() ?? throw new IOException("the client has gone");
    }

    private static void WriteStructure(BinaryWriter writer, AtomFrame frame)
    {
        // A cell that is far larger than what has none; the matrix holds vectors as columns, then its inverse.
        Basis cell = frame.Cell ?? new Basis(new(1e3, 0, 0), new(0, 1e3, 0), new(0, 0, 1e3)), inverse = cell.Reciprocal;
        double[] h = [cell.A.X, cell.B.X, cell.C.X, cell.A.Y, cell.B.Y, cell.C.Y, cell.A.Z, cell.B.Z, cell.C.Z];
        double[] back = [inverse.A.X, inverse.A.Y, inverse.A.Z, inverse.B.X, inverse.B.Y, inverse.B.Z, inverse.C.X, inverse.C.Y,
            inverse.C.Z];
        foreach (double value in h)
            writer.Write(value / IpiWire.BohrAngstrom);
        foreach (double value in back)
            writer.Write(value * IpiWire.BohrAngstrom);
        writer.Write(frame.AtomCount);
        foreach (double value in frame.PositionsAngstrom)
            writer.Write(value / IpiWire.BohrAngstrom);
    }

    private static AtomicEnergy ReadForces(IpiWire wire, int atoms)
    {
        var energy = new double[1];
        wire.ReadDoubles(energy);
        int count = wire.ReadInteger();
        if (count != atoms)
            throw new IOException(FormattableString.Invariant($"forces on {count} atoms came back, {atoms} were sent"));
        double[] forces = new double[3 * atoms], virial = new double[9];
        wire.ReadDoubles(forces);
        wire.ReadDoubles(virial);
        int length = wire.ReadInteger();
        if (length is < 0 or > LongestText)
            throw new IOException(FormattableString.Invariant($"a text of {length} bytes came back"));
        wire.Skip(length);
        if (!double.IsFinite(energy[0]) || !forces.All(double.IsFinite) || !virial.All(double.IsFinite))
            throw new IOException("the client sent what is no finite number");
        const double force = IpiWire.HartreeElectronVolt / IpiWire.BohrAngstrom, hartree = IpiWire.HartreeElectronVolt;
        double[] strain = [virial[0], virial[4], virial[8], virial[5], virial[2], virial[1]];
        return new AtomicEnergy(hartree * energy[0], [.. forces.Select(value => force * value)],
            [.. strain.Select(value => -hartree * value)]);
    }
}
