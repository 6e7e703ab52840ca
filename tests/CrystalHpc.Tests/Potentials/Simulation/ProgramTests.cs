using System.Net.Sockets;
using System.Text;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Programs;
using CrystalHpc.Potentials.Simulation.Sockets;
using CrystalHpc.Tests.Potentials.Analytic;

namespace CrystalHpc.Tests.Potentials.Simulation;

/// <summary>Other programs give energies over files and sockets; whatever they do wrong costs one structure and is told.</summary>
public sealed class ProgramTests
{
    private static readonly AtomFrame Copper = MadeFrames.Rattle(MadeFrames.FaceCentered(3.7, "Cu"), 0.1, 2);

    [Test]
    public void A_program_reads_the_structure_and_its_answer_is_read()
    {
        // Sends the same atoms back with an energy, forces of the positions' columns, and a stress.
        const string Awk = """
            awk 'NR==2{sub(/Properties=[^ ]*/,"Properties=species:S:1:pos:R:3:forces:R:3 energy=-1.5 stress=\"1 0 0 0 2 0 0 0 3\"")} NR>2{$0=$1" "$2" "$3" "$4" 0.1 0.2 0.3"} {print}' {in} > {out}
            """;
        AtomicEnergy found = Compute(Awk, out string? problem)!;
        Assert.That(problem, Is.Null);
        Assert.That(found.EnergyElectronVolt, Is.EqualTo(-1.5));
        Assert.That(found.ForcesElectronVoltPerAngstrom[..6], Is.EqualTo([0.1, 0.2, 0.3, 0.1, 0.2, 0.3]));
        Assert.That(found.StressOf(Copper), Is.EqualTo([1, 2, 3, 0, 0, 0]).Within(1e-12));
    }

    [TestCase("exit 3", "ended with exit code 3")]
    [TestCase("echo no license >&2; exit 1", "ended with exit code 1: no license")]
    [TestCase("true", "wrote no structure")]
    [TestCase("echo rubbish > {out}", "wrote what is no structure")]
    [TestCase("cp {in} {out}", "no energy came back")]
    [TestCase("sed 's/Properties/energy=nan Properties/' {in} > {out}", "")]
    [TestCase("sed 's/Properties/energy=1 Properties/' {in} > {out}", "no forces came back")]
    [TestCase("sed 's/Cu/Ag/' {in} > {out}", "other atoms came back")]
    [TestCase("sleep 60", "took longer than 0.5 s")]
    public void What_a_program_does_wrong_is_told(string command, string expected)
    {
        Assert.That(Compute(command, out string? problem), Is.Null);
        Assert.That(problem, Does.Contain(expected));
    }

    [Test]
    public void Our_own_client_answers_our_own_server_as_the_model_does()
    {
        using var folder = new TemporaryFolder();
        SocketAddress address = SocketAddress.OfUnix(Path.Combine(folder.Path, "s"), out _)!;
        using var server = new IpiServerModel(address, TimeSpan.FromSeconds(20));
        var client = Task.Run(() => Serve(address));
        var own = new EmbeddedAtomModel(new Gupta());
        foreach (AtomFrame frame in (AtomFrame[])[Copper, MadeFrames.Strain(Copper, [0.01, -0.02, 0, 0.1, 0.05, -0.03])])
        {
            (AtomicEnergy asked, AtomicEnergy known) = (server.Compute(frame, out string? problem)!, own.Compute(frame, out _)!);
            Assert.That(problem, Is.Null);
            Assert.That(asked.EnergyElectronVolt, Is.EqualTo(known.EnergyElectronVolt).Within(1e-12));
            Assert.That(asked.ForcesElectronVoltPerAngstrom, Is.EqualTo(known.ForcesElectronVoltPerAngstrom).Within(1e-11));
            Assert.That(asked.StrainDerivativeElectronVolt, Is.EqualTo(known.StrainDerivativeElectronVolt).Within(1e-11));
        }

        server.Dispose();
        Assert.That(client.Wait(TimeSpan.FromSeconds(20)), "EXIT ends the client");
        Assert.That(File.Exists(address.Text), Is.False);
    }

    [Test]
    public void A_client_that_dies_is_named_and_the_next_one_is_welcome()
    {
        using var folder = new TemporaryFolder();
        SocketAddress address = SocketAddress.OfUnix(Path.Combine(folder.Path, "s"), out _)!;
        using var server = new IpiServerModel(address, TimeSpan.FromSeconds(20));
        using (address.Connect(TimeSpan.FromSeconds(5)))
        {
            // Gone at once.
        }

        Assert.That(server.Compute(Copper, out string? problem), Is.Null);
        Assert.That(problem, Does.StartWith(address.Text));
        var client = Task.Run(() => Serve(address));
        Assert.That(server.Compute(Copper, out _), Is.Not.Null);
        server.Dispose();
        client.Wait(TimeSpan.FromSeconds(20));
    }

    [TestCase("BUSY", "answered BUSY")]
    [TestCase("READY       HAVEDATA    FORCEREADY  ", "lost within a message")]
    public void A_client_that_breaks_the_protocol_is_told(string says, string expected)
    {
        using var folder = new TemporaryFolder();
        SocketAddress address = SocketAddress.OfUnix(Path.Combine(folder.Path, "s"), out _)!;
        using var server = new IpiServerModel(address, TimeSpan.FromSeconds(20));
        using Socket client = address.Connect(TimeSpan.FromSeconds(5));
        client.Send(Encoding.ASCII.GetBytes(says.PadRight(12)));
        client.Shutdown(SocketShutdown.Send);
        Assert.That(server.Compute(Copper, out string? problem), Is.Null);
        Assert.That(problem, Does.Contain(expected));
    }

    // Rows k48, k49, k50 of socket.csv, and numbers that are none: energy, number of atoms, then whether all numbers are finite, and the
    // text behind.
    [TestCase(4, true, 2, "")]
    [TestCase(5, true, 2, "forces on 5 atoms came back, 4 were sent")]
    [TestCase(4, true, -1, "a text of -1 bytes came back")]
    [TestCase(4, true, (1 << 30) + 1, "bytes came back")]
    [TestCase(4, false, 2, "no finite number")]
    public void What_a_client_answers_is_looked_at_before_it_is_used(int atoms, bool isFinite, int length, string expected)
    {
        using var folder = new TemporaryFolder();
        SocketAddress address = SocketAddress.OfUnix(Path.Combine(folder.Path, "s"), out _)!;
        using var server = new IpiServerModel(address, TimeSpan.FromSeconds(20));
        using Socket client = address.Connect(TimeSpan.FromSeconds(5));
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.ASCII, leaveOpen: true))
        {
            writer.Write("READY       HAVEDATA    FORCEREADY  "u8);
            writer.Write(-1.0);
            writer.Write(atoms);
            for (int i = 0; i < 3 * atoms + 9; i++)
                writer.Write(isFinite ? 0.5 : double.NaN);
            writer.Write(length);
            writer.Write([0xC3, 0x28]);
        }

        // Headers arrive in two pieces: row k03.
        client.Send(bytes.ToArray().AsSpan(0, 5));
        var rest = Task.Run(() =>
        {
            Thread.Sleep(20);
            client.Send(bytes.ToArray().AsSpan(5));
        });
        AtomicEnergy? found = server.Compute(Copper, out string? problem);
        rest.Wait(TimeSpan.FromSeconds(20));
        Assert.That(found is not null, Is.EqualTo(expected.Length == 0));
        Assert.That(problem ?? "", Does.Contain(expected));
    }

    // Row k56: the answer never comes.
    [Test]
    public void A_client_that_hangs_is_left_after_a_while()
    {
        using var folder = new TemporaryFolder();
        SocketAddress address = SocketAddress.OfUnix(Path.Combine(folder.Path, "s"), out _)!;
        using var server = new IpiServerModel(address, TimeSpan.FromMilliseconds(100));
        using Socket client = address.Connect(TimeSpan.FromSeconds(5));
        Assert.That(server.Compute(Copper, out string? problem), Is.Null);
        Assert.That(problem, Does.StartWith(address.Text));
    }

    // Row k68: the second client waits until the first has gone.
    [Test]
    public void Two_clients_never_share_a_request()
    {
        using var folder = new TemporaryFolder();
        SocketAddress address = SocketAddress.OfUnix(Path.Combine(folder.Path, "s"), out _)!;
        using var server = new IpiServerModel(address, TimeSpan.FromSeconds(20));
        using Socket first = address.Connect(TimeSpan.FromSeconds(5));
        var second = Task.Run(() => Serve(address));
        first.Send("rubbish"u8);
        first.Shutdown(SocketShutdown.Both);
        Assert.That(server.Compute(Copper, out _), Is.Null);
        Assert.That(server.Compute(Copper, out _), Is.Not.Null);
        server.Dispose();
        Assert.That(second.Wait(TimeSpan.FromSeconds(20)));
    }

    // Row k64.
    [Test]
    public void A_port_that_is_taken_is_refused()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        int port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        Assert.That(
            () => EnergyModels.Create(FormattableString.Invariant($"port:localhost:{port}"), TimeSpan.FromSeconds(1), 0),
            Throws.InstanceOf<UserException>().With.Message.Contains(FormattableString.Invariant($"{port}")));
    }

    [Test]
    public void Where_no_client_comes_the_address_is_named()
    {
        using var folder = new TemporaryFolder();
        SocketAddress address = SocketAddress.OfUnix(Path.Combine(folder.Path, "s"), out _)!;
        using var server = new IpiServerModel(address, TimeSpan.FromMilliseconds(50));
        Assert.That(server.Compute(Copper, out string? problem), Is.Null);
        Assert.That(problem, Is.EqualTo($"{address.Text}: no client came within 0.05 s"));
    }

    private static void Serve(SocketAddress address)
    {
        using Socket socket = address.Connect(TimeSpan.FromSeconds(10));
        using var stream = new NetworkStream(socket);
        new IpiClient(new EmbeddedAtomModel(new Gupta()), Copper, stream, _ => { }).Run();
    }

    private static AtomicEnergy? Compute(string command, out string? problem) =>
        new ProgramModel(command, TimeSpan.FromSeconds(command.StartsWith("sleep", StringComparison.Ordinal) ? 0.5 : 20))
            .Compute(Copper, out problem);
}
