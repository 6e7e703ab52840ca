using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Simulation.Sockets;

/// <summary>Answers another program's questions for energies, forces and virials: the client of the protocol of i-PI.</summary>
/// <param name="model">What gives energies.</param>
/// <param name="structure">Elements and periodicity, which the protocol does not know; atoms in the order of the other program.</param>
/// <param name="stream">The connection.</param>
/// <param name="say">Told what people should know, a line at a time.</param>
internal sealed class IpiClient(IEnergyModel model, AtomFrame structure, Stream stream, Action<string> say)
{
    private const int LongestText = 1 << 20;

    private readonly IpiWire _wire = new(stream);
    private readonly double[] _cells = new double[18], _positions = new double[3 * structure.AtomCount];
    private AtomicEnergy? _answer;
    private bool _isIntroduced;

    /// <summary>Number of structures that were answered.</summary>
    public int Answers { get; private set; }

    /// <summary>Answers until the other side says that it is done.</summary>
    /// <exception cref="IOException">The connection was lost, or the other side does not keep to the protocol, or a structure cannot be
    /// computed.</exception>
    public void Run()
    {
        while (true)
        {
            switch (_wire.ReadHeader())
            {
                case "STATUS":
                    _wire.Send(_answer is null ? "READY" : "HAVEDATA");
                    break;
                case "INIT":
                    ReadIntroduction();
                    break;
                case "POSDATA":
                    ReadStructure();
                    break;
                case "GETFORCE":
                    SendForces();
                    break;
                case "EXIT" or null:
                    return;
                case var header:
                    throw new IOException($"the header {header} is not known");
            }
        }
    }

    private void ReadIntroduction()
    {
        _wire.ReadInteger();
        int length = _wire.ReadInteger();
        if (length is < 0 or > LongestText)
            throw new IOException(FormattableString.Invariant($"an introduction of {length} bytes"));
        _wire.Skip(length);
        if (length <= 1 || _isIntroduced)
            return;
        say(FormattableString.Invariant($"the parameters that came ({length} bytes) are ignored: the model decides"));
        _isIntroduced = true;
    }

    private void ReadStructure()
    {
        if (_answer is not null)
            throw new IOException("positions came before the forces of the last ones were asked for");
        _wire.ReadDoubles(_cells);
        int atoms = _wire.ReadInteger();
        if (atoms != structure.AtomCount)
            throw new IOException(FormattableString.Invariant($"{atoms} atoms came, the structure file has {structure.AtomCount}"));
        _wire.ReadDoubles(_positions);

        // Rows of the matrix on the wire hold the x, y and z of the three vectors.
        double[] h = [.. _cells[..9].Select(value => value * IpiWire.BohrAngstrom)];
        var cell = new Basis(new(h[0], h[3], h[6]), new(h[1], h[4], h[7]), new(h[2], h[5], h[8]));
        if (structure.Periodicity.Any && !(Math.Abs(cell.Volume) > 1e-3))
            throw new IOException("the cell has no volume");
        AtomFrame frame = structure with
        {
            PositionsAngstrom = [.. _positions.Select(value => value * IpiWire.BohrAngstrom)],
                Cell = structure.Periodicity.Any ? cell : null,
        };
        AtomicEnergy? found = model.Compute(frame, out string? problem);
        if (found is null)
            throw new IOException($"the structure cannot be computed: {problem}");
        if (!double.IsFinite(found.EnergyElectronVolt) || !found.ForcesElectronVoltPerAngstrom.All(double.IsFinite))
            throw new IOException("the energy or a force is not finite");
        _answer = found;
    }

    private void SendForces()
    {
        AtomicEnergy answer = _answer ?? throw new IOException("forces were asked for before any positions came");
        const double force = IpiWire.BohrAngstrom / IpiWire.HartreeElectronVolt;
        double[] w = answer.StrainDerivativeElectronVolt;
        double[] virial = [w[0], w[5], w[4], w[5], w[1], w[3], w[4], w[3], w[2]];
        _wire.Send("FORCEREADY", writer =>
        {
            writer.Write(answer.EnergyElectronVolt / IpiWire.HartreeElectronVolt);
            writer.Write(structure.AtomCount);
            foreach (double component in answer.ForcesElectronVoltPerAngstrom)
                writer.Write(force * component);
            foreach (double component in virial)
                writer.Write(-component / IpiWire.HartreeElectronVolt);

            // ASE cannot read an empty text.
            writer.Write(1);
            writer.Write((byte)' ');
        });
        foreach (string warning in answer.Warnings.Take(Answers == 0 ? 1 : 0))
            say(warning);
        _answer = null;
        Answers++;
    }
}
