using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation.Sockets;

namespace CrystalHpc.Tests.Potentials.Simulation;

/// <summary>The client keeps to the protocol of i-PI byte by byte, and says what went wrong where the other side does not.</summary>
public sealed class IpiClientTests
{
    private const double Bohr = IpiWire.BohrAngstrom, Hartree = IpiWire.HartreeElectronVolt;

    private static readonly byte[] Status = Header("STATUS"), GetForce = Header("GETFORCE"), Exit = Header("EXIT");

    [TestCase(int.MaxValue)]
    [TestCase(5)]
    public void A_structure_is_read_computed_and_answered_however_its_bytes_arrive(int chunk)
    {
        var model = new Recorder();
        byte[] sent = Run(model, [.. Status, .. Positions(), .. Status, .. GetForce, .. Status, .. Exit], out int answers, chunk);
        Assert.That(answers, Is.EqualTo(1));
        Assert.That(model.Frame!.Cell!.Value.B.X, Is.EqualTo(0.1).Within(1e-12), "the first row holds ax, bx, cx");
        Assert.That(model.Frame.Cell.Value.A.Y, Is.Zero);
        Assert.That(model.Frame.PositionsAngstrom, Is.EqualTo(Places).Within(1e-12));
        Assert.That(Text(sent, 0), Is.EqualTo("READY"));
        Assert.That(Text(sent, 12), Is.EqualTo("HAVEDATA"));
        Assert.That(Text(sent, 24), Is.EqualTo("FORCEREADY"));
        Assert.That(Number(sent, 36), Is.EqualTo(Recorder.Energy / Hartree));
        Assert.That(BinaryPrimitives.ReadInt32LittleEndian(sent.AsSpan(44)), Is.EqualTo(2));
        Assert.That(Number(sent, 48), Is.EqualTo(Recorder.Force * Bohr / Hartree).Within(1e-15));
        double[] virial = [.. Enumerable.Range(0, 9).Select(i => -Hartree * Number(sent, 96 + 8 * i))];
        Assert.That(virial, Is.EqualTo([1, 6, 5, 6, 2, 4, 5, 4, 3]).Within(1e-12), "minus volume times stress");
        Assert.That(BinaryPrimitives.ReadInt32LittleEndian(sent.AsSpan(168)), Is.EqualTo(1), "ASE cannot read an empty text");
        Assert.That(Text(sent, 173), Is.EqualTo("READY"));
        Assert.That(sent, Has.Length.EqualTo(185));
    }

    [Test]
    public void Every_message_is_sent_at_once()
    {
        var stream = new Conversation([.. Status, .. Positions(), .. Status, .. GetForce, .. Exit], int.MaxValue);
        new IpiClient(new Recorder(), Template(), stream, _ => { }).Run();
        Assert.That(stream.Writes, Is.EqualTo([12, 12, 149]));
    }

    [Test]
    public void Introductions_are_read_and_ignored_in_any_state()
    {
        var said = new List<string>();
        byte[] parameters = [1, 0, 2, 0, 0];
        byte[] sent = Run(new Recorder(), [.. Introduction([]), .. Status, .. Introduction(parameters), .. Introduction(parameters),
            .. Status, .. Exit], out _, said: said);
        Assert.That(Text(sent, 12), Is.EqualTo("READY"));
        Assert.That(said, Is.EqualTo(["the parameters that came (5 bytes) are ignored: the model decides"]));
    }

    [Test]
    public void The_same_positions_have_the_same_energy_whichever_bead_they_belong_to()
    {
        byte[] Round(int bead) => [.. Header("INIT"), .. Integer(bead), .. Integer(0), .. Positions(), .. GetForce];
        byte[] sent = Run(new Recorder(), [.. Round(0), .. Round(3), .. Round(1), .. Exit], out int answers);
        Assert.That(answers, Is.EqualTo(3));
        byte[][] rounds = [.. sent.Chunk(149)];
        Assert.That(rounds, Has.Length.EqualTo(3).And.All.EqualTo(rounds[0]));
    }

    [Test]
    public void Where_nobody_listens_the_client_tries_for_a_while_and_then_gives_up()
    {
        using var folder = new TemporaryFolder();
        SocketAddress address = SocketAddress.OfUnix(Path.Combine(folder.Path, "nobody"), out _)!;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Throws<System.Net.Sockets.SocketException>(() => address.Connect(TimeSpan.FromMilliseconds(200)));
        Assert.That(clock.Elapsed, Is.GreaterThan(TimeSpan.FromMilliseconds(190)));
    }

    [Test]
    public void The_other_side_may_close_between_messages() => Assert.That(Run(new Recorder(), Status, out _), Has.Length.EqualTo(12));

    [TestCaseSource(nameof(Breaches))]
    public void What_breaks_the_protocol_is_told(byte[] bytes, string problem)
    {
        IOException? fault = Assert.Throws<IOException>(() => Run(new Recorder(), bytes, out _));
        Assert.That(fault!.Message, Does.Contain(problem));
    }

    [Test]
    public void What_cannot_be_computed_is_told_and_never_sent()
    {
        IOException? refused = Assert.Throws<IOException>(() => Run(
            new Recorder { Problem = "atoms 1 and 2 coincide" }, Positions(), out _));
        Assert.That(refused!.Message, Is.EqualTo("the structure cannot be computed: atoms 1 and 2 coincide"));
        IOException? notFinite = Assert.Throws<IOException>(() => Run(new Recorder { IsFinite = false }, Positions(), out _));
        Assert.That(notFinite!.Message, Is.EqualTo("the energy or a force is not finite"));
    }

    // The recorded conversation of another program's server and client (ASE 3.29.0): the same structures arrive, the same answers leave.
    [TestCase("t1_periodic.json")]
    [TestCase("t2_needinit.json")]
    public void A_recorded_conversation_is_understood(string name)
    {
        using JsonDocument trace = JsonDocument.Parse(File.ReadAllText(
            TestPaths.SharedOrIgnore(Path.Combine("faults", "socket_traces", name))));
        JsonElement meta = trace.RootElement.GetProperty("meta");
        byte[] server = [.. trace.RootElement.GetProperty("messages").EnumerateArray()
            .Where(message => message.GetProperty("from").GetString() == "server")
            .SelectMany(message => Convert.FromHexString(message.GetProperty("hex").GetString()!))];
        var model = new Recorder();
        byte[] sent = Run(model, server, out int answers);
        double[][] cell = [.. meta.GetProperty("cell_angstrom").EnumerateArray().Select(Row)],
            last = [.. meta.GetProperty("positions_angstrom").EnumerateArray().Last().EnumerateArray().Select(Row)];
        Basis found = model.Frame!.Cell!.Value;
        Assert.That(answers, Is.EqualTo(meta.GetProperty("positions_angstrom").GetArrayLength()));
        Assert.That((double[])[found.A.X, found.B.X, found.B.Y, found.C.X, found.C.Y, found.C.Z],
            Is.EqualTo([cell[0][0], cell[1][0], cell[1][1], cell[2][0], cell[2][1], cell[2][2]]).Within(1e-7));
        Assert.That(model.Frame.PositionsAngstrom, Is.EqualTo(last.SelectMany(row => row)).Within(1e-7));
        Assert.That(sent, Is.Not.Empty);
    }

    [TestCase("run7", "/tmp/ipi_run7")]
    [TestCase("/scratch/x/abc", "/scratch/x/abc")]
    public void A_name_stands_for_a_socket_of_i_PI_and_a_path_for_itself(string name, string path) =>
        Assert.That(SocketAddress.OfUnix(name, out _)!.Text, Is.EqualTo(path));

    [Test]
    public void A_path_that_is_too_long_is_refused_with_the_limit()
    {
        Assert.That(SocketAddress.OfUnix("/" + new string('x', 107), out string? problem), Is.Null);
        Assert.That(problem, Does.Contain("107 bytes").And.Contain("108"));
    }

    [TestCase("0")]
    [TestCase("65536")]
    [TestCase("-1")]
    [TestCase("abc")]
    [TestCase("localhost:")]
    [TestCase(":31415")]
    public void A_port_that_is_none_is_refused(string text)
    {
        Assert.That(SocketAddress.OfPort(text, out string? problem), Is.Null);
        Assert.That(problem, Does.Contain("1 to 65535"));
    }

    private static readonly double[] Places = [0.02, 0.01, 0, 1.47, 1.44, 1.33];

    private static IEnumerable<object[]> Breaches()
    {
        yield return [Header("FOOBAR!"), "FOOBAR!"];
        yield return [new byte[] { 0x53, 0x54, 0x41, 0x54, 0xff, 0xfe, 0x55, 0x53, 0x20, 0x20, 0x20, 0x20 }, "53544154fffe555320202020"];
        yield return [GetForce, "before any positions"];
        yield return [(byte[])[.. Positions(), .. Positions()], "before the forces of the last ones"];
        yield return [(byte[])[.. Header("INIT"), .. Integer(0), .. Integer(-5)], "an introduction of -5 bytes"];
        yield return [(byte[])[.. Header("INIT"), .. Integer(0), .. Integer(int.MaxValue)], "an introduction of 2147483647 bytes"];
        yield return [Positions(atoms: 3), "3 atoms came, the structure file has 2"];
        yield return [Positions(atoms: -1), "-1 atoms came"];
        yield return [Positions(atoms: int.MaxValue), "2147483647 atoms came"];
        yield return [Positions(scale: 0), "the cell has no volume"];
        yield return [Positions()[..100], "lost within a message"];
        yield return [Status[..7], "lost within a message"];
    }

    private static byte[] Run(IEnergyModel model, byte[] bytes, out int answers, int chunk = int.MaxValue, List<string>? said = null)
    {
        var stream = new Conversation(bytes, chunk);
        var client = new IpiClient(model, Template(), stream, line => said?.Add(line));
        client.Run();
        answers = client.Answers;
        return stream.Sent.ToArray();
    }

    private static AtomFrame Template() => new()
    {
        Species = [Element.Of("Na"), Element.Of("Cl")], PositionsAngstrom = new double[6], Periodicity = Periodicity.Crystal,
        Cell = new Basis(new(5, 0, 0), new(0, 5, 0), new(0, 0, 5)),
    };

    private static byte[] Positions(int atoms = 2, double scale = 1)
    {
        double[] h = [2.66, 0.1, 0.15, 0, 2.7, 0.2, 0, 0, 2.62];
        return
        [
            .. Header("POSDATA"), .. h.SelectMany(value => BitConverter.GetBytes(scale * value / Bohr)), .. new byte[72], .. Integer(atoms),
            .. Places.SelectMany(value => BitConverter.GetBytes(value / Bohr)),
        ];
    }

    private static byte[] Introduction(byte[] text) => [.. Header("INIT"), .. Integer(0), .. Integer(text.Length), .. text];

    private static byte[] Header(string word) => Encoding.ASCII.GetBytes(word.PadRight(12));

    private static byte[] Integer(int value) => BitConverter.GetBytes(value);

    private static string Text(byte[] bytes, int start) => Encoding.ASCII.GetString(bytes, start, 12).TrimEnd();

    private static double Number(byte[] bytes, int start) => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(start));

    private static double[] Row(JsonElement row) => [.. row.EnumerateArray().Select(value => value.GetDouble())];

    private sealed class Recorder : IEnergyModel
    {
        public const double Energy = -3.25, Force = 0.75;

        public string? Problem { get; init; }

        public bool IsFinite { get; init; } = true;

        public AtomFrame? Frame { get; private set; }

        public string Name => "recorder";

        public bool Knows(Element element) => true;

        public AtomicEnergy? Compute(AtomFrame frame, out string? problem)
        {
            (Frame, problem) = (frame, Problem);
            return Problem is null ? new AtomicEnergy(Energy, [Force, 0, 0, IsFinite ? -Force : double.NaN, 0, 0], [1, 2, 3, 4, 5, 6])
                : null;
        }
    }

    /// <summary>What the other side sends, in pieces, and what it receives.</summary>
    private sealed class Conversation(byte[] received, int chunk) : MemoryStream(received)
    {
        public MemoryStream Sent { get; } = new();

        public List<int> Writes { get; } = [];

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, chunk)]);

        public override void Write(byte[] buffer, int offset, int count)
        {
            Sent.Write(buffer, offset, count);
            Writes.Add(count);
        }
    }
}
