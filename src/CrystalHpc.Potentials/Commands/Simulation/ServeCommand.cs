using System.CommandLine;
using System.Net.Sockets;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation.Sockets;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary><c>crystalhpc potential serve</c>.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("serve", """
            Gives energies, forces and virials to another program, which moves the atoms: i-PI, ASE (SocketIOCalculator) and
            others that speak its socket protocol.

            Examples:
              crystalhpc potential serve start.extxyz --unix run7
              crystalhpc potential serve start.extxyz --port localhost:31415 --model gupta
            """);
        var input = new Argument<string>("STRUCTURE") {
            Description = "A structure of the same atoms in the same order: the protocol does not say which elements they are." };
        var unix = new Option<string?>("--unix") { Description = "A Unix socket: a path, or a name, which stands for /tmp/ipi_NAME.",
            HelpName = "NAME" };
        var port = new Option<string?>("--port") { Description = "A port, on this machine where no host is named.",
            HelpName = "HOST:PORT" };
        var patience = new Option<int>("--wait")
        {
            Description = "How long to try until the other program listens, seconds.", HelpName = "S", DefaultValueFactory = _ => 60,
            CustomParser = result => NumberArgument.Parse(result, 0, 1_000_000) ?? 60,
        };
        command.Add(input);
        command.Add(unix);
        command.Add(port);
        command.Add(patience);
        command.Validators.Add(result =>
        {
            if (result.GetValue(unix) is null == result.GetValue(port) is null)
                result.AddError("one of --unix and --port says where the other program listens");
        });
        var model = new ModelOptions(command, hasLabels: false, takesAnalytic: true);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            string? problem = null;
            SocketAddress? address = parsed.GetValue(unix) is { } name ? SocketAddress.OfUnix(name, out problem) : SocketAddress.OfPort(
                parsed.GetValue(port)!, out problem);
            if (address is null)
                throw UserException.Configuration(problem!);
            IEnergyModel energies = model.ReadEnergyModel(parsed);
            SimulationInput structure = SimulationInput.Read([parsed.GetRequiredValue(input)], model.Reader(parsed))[0];
            Serve(energies, structure, address, TimeSpan.FromSeconds(parsed.GetValue(patience)));
        }));
        return command;
    }

    private static void Serve(IEnergyModel model, SimulationInput structure, SocketAddress address, TimeSpan patience)
    {
        string elements = string.Join(' ', structure.Frame.Species.CountBy(element => element)
            .Select(pair => FormattableString.Invariant($"{pair.Value} {pair.Key}")));
        Terminal.Error.WriteLine(
            $"{model.Name} for {elements} of {structure.Name}, periodic along {structure.Frame.Periodicity}, at {address.Text}");
        try
        {
            using Socket socket = address.Connect(patience);
            using var stream = new NetworkStream(socket);
            var client = new IpiClient(model, structure.Frame, stream, Terminal.Error.WriteLine);
            client.Run();
            Terminal.Error.WriteLine(FormattableString.Invariant($"{client.Answers} structures computed"));
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            throw UserException.Unusable($"{address.Text}: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }
}
