using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Simulation.Dynamics;

/// <summary>
/// Moves atoms by Newton's equations, with a thermostat and a barostat where they are asked for. The noise of a step follows from seed and
/// step alone.
/// </summary>
internal sealed class MolecularDynamics
{
    private const uint AtomStream = 0x4D44_0002, CellStream = 0x4D44_0003;

    private readonly IEnergyModel _model;
    private readonly DynamicsOptions _options;
    private readonly double _step, _decay;

    /// <summary>Prepares a motion.</summary>
    /// <param name="model">What gives forces.</param>
    /// <param name="options">How atoms move.</param>
    /// <param name="state">Where they begin.</param>
    /// <param name="problem">Why they cannot; null when they can.</param>
    public MolecularDynamics(IEnergyModel model, DynamicsOptions options, DynamicsState state, out string? problem)
    {
        (_model, _options, State) = (model, options, state);
        _step = options.StepFemtoseconds / Units.FemtosecondsOfUnitMotion;
        _decay = PortableMath.Exp(-options.FrictionPerFemtosecond * options.StepFemtoseconds);
        problem = Compute();
    }

    /// <summary>Where atoms are.</summary>
    public DynamicsState State { get; }

    /// <summary>What the model says of them.</summary>
    public AtomicEnergy Energy { get; private set; } = null!;

    /// <summary>Pressure, eV/A^3: of the motion and of the forces; 0 without a cell.</summary>
    public double Pressure
    {
        get
        {
            double[] strain = Energy.StrainDerivativeElectronVolt;
            return State.Volume > 0 ? (2 * State.KineticElectronVolt - strain[0] - strain[1] - strain[2]) / (3 * State.Volume) : 0;
        }
    }

    /// <summary>Makes a step.</summary>
    /// <returns>Why it cannot be made; null when it was.</returns>
    public string? Advance()
    {
        bool isWarm = _options.Ensemble != Ensemble.Nve;
        Kick(0.5 * _step);
        Drift(isWarm ? 0.5 * _step : _step);
        if (isWarm)
        {
            Warm();
            Drift(0.5 * _step);
        }

        if (Compute() is { } problem)
            return problem;
        Kick(0.5 * _step);
        State.Step++;
        return _options.Ensemble == Ensemble.Npt && State.Cell is not null ? Rescale() : null;
    }

    private void Kick(double time)
    {
        double[] forces = Energy.ForcesElectronVoltPerAngstrom;
        for (int i = 0; i < forces.Length; i++)
            State.Velocities[i] += time * forces[i] / State.Masses[i / 3];
    }

    private void Drift(double time)
    {
        for (int i = 0; i < State.Positions.Length; i++)
            State.Positions[i] += time * State.Velocities[i];
    }

    // Friction and noise, exactly solved.
    private void Warm()
    {
        var random = new CounterRandom(_options.Seed, (ulong)State.Step, AtomStream);
        double spread = Math.Sqrt((1 - _decay * _decay) * Units.BoltzmannElectronVoltPerKelvin * _options.TemperatureKelvin);
        for (int i = 0; i < State.Velocities.Length; i++)
            State.Velocities[i] = _decay * State.Velocities[i] + spread / Math.Sqrt(State.Masses[i / 3]) * random.NextNormal();
    }

    // ln V moves by -(beta dt / tau) (P0 - P) and noise of the variance 2 kT beta dt / (V tau); eq. 9 of Bernetti and Bussi.
    private string? Rescale()
    {
        double share = _options.CompressibilityCubicAngstromPerElectronVolt * _options.StepFemtoseconds / _options.VolumeTimeFemtoseconds;
        double thermal = Units.BoltzmannElectronVoltPerKelvin * _options.TemperatureKelvin;
        var random = new CounterRandom(_options.Seed, (ulong)State.Step, CellStream);
        double change = -share * (_options.PressureElectronVoltPerCubicAngstrom - Pressure) + Math.Sqrt(2 * thermal * share / State.Volume)
            * random.NextNormal();
        double factor = PortableMath.Exp(change / 3);
        Basis cell = State.Cell!.Value;
        State.Cell = new Basis(factor * cell.A, factor * cell.B, factor * cell.C);
        for (int i = 0; i < State.Positions.Length; i++)
        {
            State.Positions[i] *= factor;
            State.Velocities[i] /= factor;
        }

        return Compute();
    }

    private string? Compute()
    {
        AtomicEnergy? found = _model.Compute(State.Frame, out string? problem);
        if (found is null)
            return problem;
        if (!double.IsFinite(found.EnergyElectronVolt) || !found.ForcesElectronVoltPerAngstrom.All(double.IsFinite))
            return "a force is not finite";
        Energy = found;
        return null;
    }
}
