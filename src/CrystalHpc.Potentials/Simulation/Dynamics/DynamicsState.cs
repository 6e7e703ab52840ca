using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Simulation.Dynamics;

/// <summary>
/// Where atoms are and how they move. Times are in units in which a force of 1 eV/A gives a mass of 1 u the acceleration 1: 10.18 fs.
/// </summary>
internal sealed class DynamicsState
{
    private const uint VelocityStream = 0x4D44_0001;

    private readonly AtomFrame _start;

    private DynamicsState(AtomFrame start)
    {
        _start = start;
        Positions = [.. start.PositionsAngstrom];
        Velocities = new double[Positions.Length];
        Masses = [.. start.Species.Select(ElementData.AtomicWeight)];
        Cell = start.Cell;
    }

    /// <summary>Steps made.</summary>
    public long Step { get; set; }

    /// <summary>Positions, A.</summary>
    public double[] Positions { get; }

    /// <summary>Velocities, A a unit of time.</summary>
    public double[] Velocities { get; }

    /// <summary>Mass of each atom, u.</summary>
    public double[] Masses { get; }

    /// <summary>Cell vectors; null without a cell.</summary>
    public Basis? Cell { get; set; }

    /// <summary>Volume of the cell, A^3; 0 without a cell.</summary>
    public double Volume => Cell is { } cell ? Math.Abs(cell.Volume) : 0;

    /// <summary>Kinetic energy, eV.</summary>
    public double KineticElectronVolt
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Velocities.Length; i++)
                sum += 0.5 * Masses[i / 3] * Velocities[i] * Velocities[i];
            return sum;
        }
    }

    /// <summary>Temperature, K: that of all motions but of the center of mass.</summary>
    public double TemperatureKelvin
        => 2 * KineticElectronVolt / (Math.Max(1, Velocities.Length - 3) * Units.BoltzmannElectronVoltPerKelvin);

    /// <summary>The structure as it is now.</summary>
    public AtomFrame Frame => _start with { PositionsAngstrom = [.. Positions], Cell = Cell };

    /// <summary>Draws velocities of a temperature: normal, without motion of the center of mass, scaled to that temperature.</summary>
    public static DynamicsState Draw(AtomFrame start, double temperatureKelvin, ulong seed)
    {
        var state = new DynamicsState(start);
        var random = new CounterRandom(seed, 0, VelocityStream);
        for (int i = 0; i < state.Velocities.Length; i++)
            state.Velocities[i] = random.NextNormal() / Math.Sqrt(state.Masses[i / 3]);
        state.StopCenter();
        double now = state.TemperatureKelvin, scale = now > 0 ? Math.Sqrt(temperatureKelvin / now) : 0;
        for (int i = 0; i < state.Velocities.Length; i++)
            state.Velocities[i] *= scale;
        return state;
    }

    /// <summary>The state that <see cref="Save"/> wrote; null where there are no bytes, or those of another structure.</summary>
    public static DynamicsState? Load(AtomFrame start, byte[] saved)
    {
        if (saved.Length == 0)
            return null;
        using var reader = new BinaryReader(new MemoryStream(saved));
        var state = new DynamicsState(start) { Step = reader.ReadInt64() };
        if (reader.ReadInt32() != state.Positions.Length)
            return null;
        foreach (double[] column in (double[][])[state.Positions, state.Velocities])
        {
            for (int i = 0; i < column.Length; i++)
                column[i] = reader.ReadDouble();
        }

        if (state.Cell is not null)
        {
            Cartesian Vector() => new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
            state.Cell = new Basis(Vector(), Vector(), Vector());
        }

        return state;
    }

    /// <summary>Writes all that decides the motion from here on.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Step);
        writer.Write(Positions.Length);
        foreach (double value in (double[])[.. Positions, .. Velocities])
            writer.Write(value);
        if (Cell is not { } cell)
            return;
        foreach (Cartesian vector in (Cartesian[])[cell.A, cell.B, cell.C])
        {
            writer.Write(vector.X);
            writer.Write(vector.Y);
            writer.Write(vector.Z);
        }
    }

    private void StopCenter()
    {
        double mass = Masses.Sum();
        for (int axis = 0; axis < 3; axis++)
        {
            double momentum = 0;
            for (int atom = 0; atom < Masses.Length; atom++)
                momentum += Masses[atom] * Velocities[3 * atom + axis];
            for (int atom = 0; atom < Masses.Length; atom++)
                Velocities[3 * atom + axis] -= momentum / mass;
        }
    }
}
