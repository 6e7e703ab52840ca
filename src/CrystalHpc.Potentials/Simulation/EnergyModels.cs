using System.Net.Sockets;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Potentials.Simulation.Programs;
using CrystalHpc.Potentials.Simulation.Sockets;

namespace CrystalHpc.Potentials.Simulation;

/// <summary>What gives energies, by the text that names it in a configuration.</summary>
internal static class EnergyModels
{
    private const string Program = "program:", Unix = "unix:", Port = "port:";

    /// <summary>Makes one.</summary>
    /// <param name="text">
    /// An analytic potential, <c>program:COMMAND</c>, <c>unix:NAME</c> or <c>port:HOST:PORT</c> where clients of i-PI come, or a model file
    /// or folder.
    /// </param>
    /// <param name="patience">How long programs and clients may take for a structure.</param>
    /// <param name="rank">Rank of the caller: clients of rank r come to NAME.r, or to the r-th port behind, but for r = 0.</param>
    /// <exception cref="UserException">There is none.</exception>
    public static IEnergyModel Create(string text, TimeSpan patience, int rank)
    {
        if (AnalyticModels.Find(text) is { } analytic)
            return analytic;
        if (text.StartsWith(Program, StringComparison.Ordinal))
            return new ProgramModel(text[Program.Length..], patience);
        if (!text.StartsWith(Unix, StringComparison.Ordinal) && !text.StartsWith(Port, StringComparison.Ordinal))
            return new NeuralEnergyModel(text, PotentialFile.Read(text));
        SocketAddress address = AddressOf(text, rank, out string? problem) ?? throw UserException.Configuration(problem!);
        try
        {
            return new IpiServerModel(address, patience);
        }
        catch (SocketException fault)
        {
            throw UserException.Unusable($"{address.Text}: {fault.Message}");
        }
    }

    /// <summary>What decides the energies that <see cref="Create"/> gives: the digest of a model, else the text.</summary>
    public static string IdentityOf(string text) =>
        AnalyticModels.Find(text) is not null || text.StartsWith(Program, StringComparison.Ordinal)
            || text.StartsWith(Unix, StringComparison.Ordinal)
            || text.StartsWith(Port, StringComparison.Ordinal) ? text : PotentialFile.Digest(text);

    /// <summary>Asks for a model that knows some elements.</summary>
    /// <exception cref="UserException">It does not know one.</exception>
    public static void Require(IEnergyModel model, IEnumerable<Element> elements)
    {
        foreach (Element element in elements)
        {
            if (!model.Knows(element))
                throw UserException.Configuration($"{model.Name} does not know {element}");
        }
    }

    private static SocketAddress? AddressOf(string text, int rank, out string? problem)
    {
        if (text.StartsWith(Unix, StringComparison.Ordinal))
            return SocketAddress.OfUnix(text[Unix.Length..] + (rank == 0 ? "" : FormattableString.Invariant($".{rank}")), out problem);
        string port = text[Port.Length..];
        int colon = port.LastIndexOf(':');
        return int.TryParse(port[(colon + 1)..], out int number)
            ? SocketAddress.OfPort(FormattableString.Invariant($"{port[..(colon + 1)]}{number + rank}"), out problem)
            : SocketAddress.OfPort(port, out problem);
    }
}
